import { describe, expect, it } from 'vitest'
import type { SlotDay, Visit } from './api'
import { dayState, errandOf, firstOpen, leftOn, shifted, spaced, when } from './model'

const slot = (left: number) => ({ starts_at: '2026-11-24T01:00:00Z', ends_at: '2026-11-24T02:00:00Z', left })
const day = (...left: number[]): SlotDay => ({ day: '2026-11-24', note: '', slots: left.map(slot) })

describe('days', () => {
  it('are open, full or closed', () => {
    expect([day(), day(0, 0), day(0, 2)].map(dayState)).toEqual(['closed', 'full', 'open'])
    expect(leftOn(day(1, 0, 2))).toBe(3)
    const open = day(1)
    expect(firstOpen([day(), day(0), open])).toBe(open)
    expect(firstOpen([day()])).toBeUndefined()
  })

  it('are shifted over the end of a month and a year', () => {
    expect(shifted('2026-11-30', 1)).toBe('2026-12-01')
    expect(shifted('2027-01-01', -1)).toBe('2026-12-31')
  })
})

describe('a visit', () => {
  it('is written as it is said', () => {
    expect(spaced('12345678')).toBe('1234 5678')
    expect(when(slot(1))).toContain('09:00–10:00')
  })

  it('is booked again for the same', () => {
    const visit = { item_code: 'I1', case_number: null } as Visit
    expect(errandOf(visit)).toEqual({ item_code: 'I1' })
    expect(errandOf({ ...visit, case_number: 'C1' })).toEqual({ case_number: 'C1' })
  })
})
