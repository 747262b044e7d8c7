/** The event log for its operators. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/governance/event-log'

export type Lag = Answer<'LagView'>
export type Parked = Answer<'ParkedView'>
export type Replayed = Answer<'ReplayView'>
export type Selection = Omit<Body<'Replay'>, 'dry_run'>

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
