/** What the pages of visits work out by themselves. */
import { clockTime, dateLong, weekday } from '@/core/format'
import type { SlotDay, State, Visit, WhatFor } from './api'

type Tone = 'brand' | 'ok' | 'warn' | 'bad' | 'neutral'

export const TONES: Record<State, Tone> = { requested: 'brand', confirmed: 'ok', declined: 'bad', cancelled: 'neutral', attended: 'neutral', missed: 'warn' }

/** Places left on a day. */
export const leftOn = (day: SlotDay) => day.slots.reduce((sum, slot) => sum + slot.left, 0)

export type DayState = 'open' | 'full' | 'closed'

export function dayState(day: SlotDay): DayState {
  if (day.slots.length === 0) return 'closed'
  return leftOn(day) > 0 ? 'open' : 'full'
}

export const firstOpen = (days: readonly SlotDay[]) => days.find((day) => dayState(day) === 'open')

/** 12345678 → 1234 5678, as it is read aloud. */
export const spaced = (number: string) => `${number.slice(0, 4)} ${number.slice(4)}`

/** 2026年11月24日 周二 09:00–10:00 */
export const when = ({ starts_at, ends_at }: Pick<Visit, 'starts_at' | 'ends_at'>) =>
  `${dateLong(starts_at)} ${weekday(starts_at)} ${clockTime(starts_at)}–${clockTime(ends_at)}`

/** What a visit is for, to book it again. */
export const errandOf = (visit: Visit): WhatFor => (visit.case_number ? { case_number: visit.case_number } : { item_code: visit.item_code })

/** A day some days away: 2026-11-24. */
export function shifted(day: string, by: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + by)
  return at.toISOString().slice(0, 10)
}
