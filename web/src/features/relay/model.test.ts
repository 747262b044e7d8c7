import { describe, expect, it } from 'vitest'
import en from '@/locales/en/relay.json'
import zh from '@/locales/zh-CN/relay.json'
import type { Mark } from './api'
import { lasted, receiptOf, SHOWS, showsFor, spans, unexplained } from './model'

const note = (missing: boolean, reason = '', place = '') => ({ missing, reason, place })

describe('the receipt of a hand-over list', () => {
  it('wants a word for whatever goes back', () => {
    expect(unexplained({ a: note(true, ' '), b: note(true, '缺第二页'), c: note(false) })).toEqual(['a'])
  })

  it('says what goes back and where the rest lies', () => {
    const notes = { a: note(true, ' 缺第二页 ', 'A-01'), b: note(false, '写过又不缺', ' A-02 '), c: note(false) }
    expect(receiptOf(notes)).toEqual({ returned: [{ id: 'a', reason: '缺第二页' }], places: { b: 'A-02' } })
  })
})

describe('the views of the hand-over', () => {
  it('are those of the post', () => {
    const has = (...all: string[]) => showsFor((one) => ['approval.relay.use', ...all].includes(one))
    expect(has('intake.counter.write', 'approval.shelf.use')).toEqual(['papers', 'incoming', 'sent', 'shelf'])
    expect(has('approval.case.close')).toEqual(['results', 'incoming', 'sent'])
    for (const texts of [zh, en]) expect(Object.keys(texts.show)).toEqual([...SHOWS])
  })
})

describe('a hand-over of a case', () => {
  const mark = (what: 'papers' | 'results', arrived_at: string | null, left_at: string | null) =>
    ({ list: { what, sent_at: '2026-11-23T01:00:00Z' }, arrived_at, left_at }) as Mark
  const hour = 3_600_000
  const now = Date.parse('2026-11-23T09:00:00Z')

  it('lasts as people say it', () => {
    expect([0.5, 1, 47.9, 48, 200].map((hours) => lasted(hours * hour))).toEqual(['不到 1 小时', '1 小时', '47 小时', '2 天', '8 天'])
  })

  it('counts for the side that holds it', () => {
    expect(spans(mark('papers', null, null), now)).toEqual({ underWay: 8 * hour, onShelf: undefined })
    expect(spans(mark('papers', '2026-11-23T03:00:00Z', null), now)).toEqual({ underWay: 2 * hour, onShelf: undefined })
    expect(spans(mark('results', '2026-11-23T03:00:00Z', '2026-11-23T06:00:00Z'), now)).toEqual({ underWay: 2 * hour, onShelf: 3 * hour })
    expect(spans(mark('results', null, '2026-11-23T02:00:00Z'), now)).toEqual({ underWay: hour, onShelf: undefined })
  })
})
