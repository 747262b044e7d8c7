import { describe, expect, it } from 'vitest'
import type { SiteDocument } from './api'
import { blankSite, closedDay, documentOf, formOf, newCounter } from './model'

describe('a place as a form', () => {
  it('comes back as it was', () => {
    const form = blankSite()
    form.name = '芙蓉区社保服务大厅'
    form.exceptions = [{ ...closedDay(), day: '2026-11-24', note: '系统升级' }]
    form.counters = [{ ...newCounter([]), items: 'A1, B2' }]
    const document = documentOf(form) as SiteDocument
    expect(document.counters[0]).toMatchObject({ key: 'c1', all_items: true, pickup: false, items: ['A1', 'B2'] })
    expect(document.week[5]).toEqual({ morning: null, afternoon: null })
    expect(document.exceptions[0]).toEqual({ day: '2026-11-24', hours: { morning: null, afternoon: null }, note: '系统升级' })
    expect(documentOf(formOf(document))).toEqual(document)
  })

  it('sends what is no number as one that the server refuses', () => {
    const form = { ...blankSite(), slot_minutes: '半小时' }
    expect(documentOf(form).slot_minutes).toBe(999_999)
  })

  it('leaves out an exception without a day and gives every counter a key of its own', () => {
    const form = { ...blankSite(), exceptions: [closedDay()] }
    expect(documentOf(form).exceptions).toEqual([])
    const [first, second] = [newCounter([]), { ...newCounter([]), key: 'c3' }]
    expect(newCounter([first, second]).key).toBe('c4')
    expect(newCounter([{ ...first, key: 'c2' }]).key).toBe('c3')
  })
})
