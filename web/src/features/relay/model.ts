/** What a hand-over means on the page: views, tones, what a receipt says, how long each side held it. */
import type { Entry, List, Mark, Receipt } from './api'
import { t } from './text'

type Tone = 'brand' | 'ok' | 'warn' | 'bad' | 'neutral'

export const SHOWS = ['papers', 'results', 'incoming', 'sent', 'shelf'] as const
export type Show = (typeof SHOWS)[number]

/** Views for whoever takes in at a counter, handles cases, or hands results out. */
export function showsFor(can: (permission: string) => boolean): Show[] {
  const needs: Partial<Record<Show, string>> = { papers: 'intake.counter.write', results: 'approval.case.close', shelf: 'approval.shelf.use' }
  return SHOWS.filter((show) => can(needs[show] ?? 'approval.relay.use'))
}

export const LIST_TONES: Record<List['state'], Tone> = { under_way: 'brand', received: 'ok', withdrawn: 'neutral' }
export const ENTRY_TONES: Record<Entry['state'], Tone> = { under_way: 'brand', arrived: 'ok', shelved: 'ok', handed_out: 'neutral', collected: 'neutral', returned: 'warn' }

/** What the receiver notes beside an entry. */
export interface Note {
  missing: boolean
  reason: string
  place: string
}

/** Entries that go back without a word why. */
export const unexplained = (notes: Readonly<Record<string, Note>>): string[] =>
  Object.keys(notes).filter((id) => notes[id]?.missing && notes[id].reason.trim() === '')

/** The receipt as it is sent: a place is said of what stays. */
export function receiptOf(notes: Readonly<Record<string, Note>>): Receipt {
  const all = Object.entries(notes)
  const returned = all.filter(([, note]) => note.missing).map(([id, note]) => ({ id, reason: note.reason.trim() }))
  const placed = all.filter(([, note]) => !note.missing && note.place.trim() !== '')
  return { returned, places: Object.fromEntries(placed.map(([id, note]) => [id, note.place.trim()])) }
}

const HOUR = 3_600_000

/** A span as people say it: hours up to two days, days beyond. */
export function lasted(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR)
  if (hours < 1) return t('lasted.moments')
  return hours < 48 ? t('lasted.hours', { n: hours }) : t('lasted.days', { n: Math.floor(hours / 24) })
}

/** How long a hand-over was with whom, in milliseconds: under way, and on the shelf. */
export function spans(mark: Mark, now: number): { underWay: number; onShelf: number | undefined } {
  const at = (moment: string | null) => (moment ? Date.parse(moment) : undefined)
  const sent = Date.parse(mark.list.sent_at)
  const arrived = at(mark.arrived_at)
  const left = at(mark.left_at)
  const shelved = mark.list.what === 'results' && arrived !== undefined
  return { underWay: (arrived ?? left ?? now) - sent, onShelf: shelved ? (left ?? now) - arrived : undefined }
}
