import { describe, expect, it } from 'vitest'
import { sound, standing, unsound } from './model'
import type { Entry } from './api'

const entry = (more: Partial<Entry>): Entry => ({
  id: 'e', case_id: 'c', case_number: '1', item_name: '失业登记', archive_number: 'Z1-ZW·2026-D10-0001', retention: 'ten_years', ended_at: '2026-11-20T00:00:00Z',
  state: 'packed', code: null, message: null, files: 9, size: 1, sum: '', checked_at: '2026-11-21T00:00:00Z', moved: false, reason: null, returned_by: null, ...more,
})

describe('an entry of a hand-over list', () => {
  it('is right only when it was read back and its case has not moved', () => {
    expect(standing(entry({}))).toBe('checked')
    expect(standing(entry({ checked_at: null }))).toBe('packed')
    expect(standing(entry({ moved: true }))).toBe('moved')
    expect(standing(entry({ state: 'failed', moved: true }))).toBe('failed')
  })
})

describe('a hand-over list', () => {
  it('is sound when every case that is in it still is', () => {
    const gone = entry({ state: 'returned', checked_at: null })
    expect(sound([entry({}), gone])).toBe(true)
    expect(sound([entry({}), entry({ checked_at: null })])).toBe(false)
    expect(sound([gone])).toBe(false)
  })

  it('has something to pack anew where a case failed or has moved', () => {
    expect(unsound([entry({})])).toBe(false)
    expect(unsound([entry({}), entry({ moved: true })])).toBe(true)
    expect(unsound([entry({ state: 'failed', checked_at: null })])).toBe(true)
  })
})
