/** The counter (窗口收件): what it may take in, its drafts, what it has handed in. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { applicationUrl, reachApplicationsAt } from '@/features/application/door'
import type { Application } from '@/features/application/types'

const BASE = '/api/v1/intake/counter'
/** Whoever fills in at the counter reaches drafts by its own door. */
export const enterAtCounter = () => reachApplicationsAt(`${BASE}/applications`)
enterAtCounter()

export type CounterItem = Answer<'CounterItem'>
export type CounterRow = Answer<'CounterRow'>
export type Presented = Required<Body<'Presented'>>
export type Begin = Body<'BeginAtCounter'>

export const counterKeys = {
  all: ['counter'] as const,
  items: (q: string, elsewhere: boolean) => ['counter', 'items', q, elsewhere] as const,
  list: (handed: boolean) => ['counter', 'list', handed] as const,
  handed: (id: string) => ['counter', 'handed', id] as const,
}

/** `elsewhere`: items of other divisions (异地事项). */
export const listItems = (q: string, elsewhere: boolean, cursor: string | undefined, signal: AbortSignal): Promise<Page<CounterItem>> =>
  api.get(`${BASE}/items`, { query: { q: q || undefined, elsewhere: elsewhere || undefined, cursor }, signal })

export const listTaken = (handed: boolean, cursor: string | undefined, signal: AbortSignal): Promise<Page<CounterRow>> =>
  api.get(`${BASE}/applications`, { query: { handed: handed || undefined, cursor }, signal })

export const begin = (key: string, wanted: Begin) => api.post<Application>(`${BASE}/applications`, wanted, { key })

export const changePresented = (id: string, body: { version: number; applicant: Presented; id_checked: boolean }) =>
  api.put<Application>(`${applicationUrl(id)}/applicant`, body)

export const fetchHanded = (id: string, signal: AbortSignal): Promise<CounterRow> => api.get(`${applicationUrl(id)}/handed`, { signal })

export const receiptUrl = (id: string) => `${applicationUrl(id)}/receipt`
