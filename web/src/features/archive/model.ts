/** What archiving means on the page: tones of states, what a list can take next. */
import type { Entry, List } from './api'

type Tone = 'brand' | 'ok' | 'warn' | 'bad' | 'neutral'

export const RETENTIONS = ['permanent', 'thirty_years', 'ten_years'] as const

export const LIST_TONES: Record<List['state'], Tone> = {
  building: 'brand', built: 'warn', handed_over: 'brand', received: 'ok', returned: 'bad', cancelled: 'neutral',
}

/** States under each heading of the page. */
export const LISTS = { open: 'building,built,handed_over', done: 'received', over: 'returned,cancelled' } as const

/** How an entry stands: the state alone does not say whether it was read back, or overtaken. */
export type Standing = 'waiting' | 'packed' | 'checked' | 'moved' | 'failed' | 'dropped' | 'returned'

export function standing(entry: Pick<Entry, 'state' | 'checked_at' | 'moved'>): Standing {
  if (entry.state !== 'packed') return entry.state
  if (entry.moved) return 'moved'
  return entry.checked_at ? 'checked' : 'packed'
}

export const ENTRY_TONES: Record<Standing, Tone> = {
  waiting: 'neutral', packed: 'brand', checked: 'ok', moved: 'warn', failed: 'bad', dropped: 'neutral', returned: 'bad',
}

/** Whether every case of a list is packed, read back and as it was. */
export const sound = (entries: readonly Entry[]): boolean => {
  const live = entries.filter((entry) => entry.state !== 'dropped' && entry.state !== 'returned')
  return live.length > 0 && live.every((entry) => standing(entry) === 'checked')
}

/** Whether something of a list has to be packed anew. */
export const unsound = (entries: readonly Entry[]): boolean => entries.some((entry) => entry.state === 'failed' || standing(entry) === 'moved')
