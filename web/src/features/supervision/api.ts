/** Calls about supervision (督办) and urging (催办). */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/approval'

export type Order = Answer<'OrderView'>
export interface OrderQuery {
  state?: string | undefined
  late?: boolean | undefined
  mine?: boolean | undefined
}

export const supervisionKeys = {
  list: (query: OrderQuery) => ['supervision', 'list', query] as const,
  /** Begins with the case: its live hints renew it. */
  ofCase: (id: string) => ['case', 'supervision', id] as const,
}

export function listOrders(query: OrderQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<Order>> {
  return api.get(`${BASE}/supervisions`, { query: { ...query, cursor, limit: 50 }, signal })
}

const ofCase = (id: string) => `${BASE}/cases/${encodeURIComponent(id)}`

export const ordersOf = (id: string, signal: AbortSignal): Promise<Order[]> => api.get(`${ofCase(id)}/supervisions`, { signal })

export const urge = (key: string, id: string, words: string) => api.post<unknown>(`${ofCase(id)}/urge`, { words }, { key })

export const supervise = (key: string, id: string, to: string, words: string, reply_days: number) =>
  api.post<Order>(`${ofCase(id)}/supervise`, { to, words, reply_days }, { key })

export const reply = (key: string, { id, version }: Order, words: string) =>
  api.post<Order>(`${BASE}/supervisions/${encodeURIComponent(id)}/reply`, { version, words }, { key })
