/** The event log for its operators. */
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/governance/event-log'

export interface Lag {
  group: string
  topic: string
  behind: number
  oldest_at: string | null
  parked: number
  dead: number
  consumers: number
}

export interface Parked {
  id: string
  group: string
  topic: string
  key: string
  kind: string
  version: number
  state: 'waiting' | 'behind' | 'dead'
  code: string
  error: string
  attempts: number
  parked_at: string
  next_at: string
}

export interface Replayed {
  dead_letters: number
  followers: number
}

/** Exactly one of: `id`; `group` with `key`; `from` with `until`. */
export interface Selection {
  id?: string
  group?: string
  key?: string
  from?: string
  until?: string
}

export const eventKeys = {
  all: ['event-log'] as const,
  lag: ['event-log', 'lag'] as const,
  parked: (group: string) => ['event-log', 'parked', group] as const,
  dead: (group: string, key: string) => ['event-log', 'dead', group, key] as const,
}

export const readLag = (signal: AbortSignal) => api.get<Lag[]>(`${BASE}/lag`, { signal })

export const listParked = (group: string, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<Parked>>(`${BASE}/parked`, { query: { group, cursor }, signal })

export const listDead = (group: string, key: string, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<Parked>>(`${BASE}/dead-letters`, { query: { group, key, cursor }, signal })

export const replay = (key: string, selection: Selection, dry_run: boolean) =>
  api.post<Replayed>(`${BASE}/replay`, { ...selection, dry_run }, { key })

export const discard = (key: string, id: string) => api.post<null>(`${BASE}/dead-letters/${id}/discard`, {}, { key })
