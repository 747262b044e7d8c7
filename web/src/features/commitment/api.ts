/** Calls about promises (告知承诺): those to be checked, and who is barred. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/approval'

export type CheckRow = Answer<'CheckRow'>
export type Bar = Answer<'BarView'>
export interface CheckQuery {
  stage?: string | undefined
  late?: boolean | undefined
}

export const commitmentKeys = {
  checks: (query: CheckQuery) => ['commitment', 'checks', query] as const,
  bars: ['commitment', 'bars'] as const,
}

export function listChecks(query: CheckQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<CheckRow>> {
  return api.get(`${BASE}/commitment-checks`, { query: { ...query, cursor, limit: 50 }, signal })
}

export function listBars(cursor: string | undefined, signal: AbortSignal): Promise<Page<Bar>> {
  return api.get(`${BASE}/commitment-bars`, { query: { cursor, limit: 50 }, signal })
}

const bar = (id: string) => `${BASE}/commitment-bars/${encodeURIComponent(id)}`

export const proposeLift = (key: string, { id, version }: Bar, reason: string) => api.post<Bar>(`${bar(id)}/propose-lift`, { version, reason }, { key })

export const answerLift = (key: string, { id, version }: Bar, granted: boolean) => api.post<Bar>(`${bar(id)}/answer-lift`, { version, granted }, { key })
