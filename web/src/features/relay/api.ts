/** Between counters and offices (综窗与部门的交接): what waits, lists, receipt, results that lie at the counter. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/approval/relay'

export type Overview = Answer<'RelayOverview'>
export type Waiting = Answer<'RelayCase'>
export type List = Answer<'RelayListView'>
export type ListPage = Answer<'RelayListPage'>
export type Entry = Answer<'RelayEntryView'>
export type Mark = Answer<'RelayMark'>
export type ShelfRow = Answer<'ShelfRow'>
export type What = List['what']
export type Receipt = Omit<Body<'ReceiveRelayList'>, 'version'>

export const relayKeys = {
  all: ['relay'] as const,
  overview: ['relay', 'overview'] as const,
  waiting: (what: What, q: string) => ['relay', 'waiting', what, q] as const,
  lists: (sent: boolean) => ['relay', 'lists', sent] as const,
  list: (id: string) => ['relay', 'list', id] as const,
  shelf: (q: string) => ['relay', 'shelf', q] as const,
  /** Begins with the case: its live hints renew it. */
  ofCase: (id: string) => ['case', 'relay', id] as const,
}

const one = (id: string) => `${BASE}/lists/${encodeURIComponent(id)}`
const onShelf = (id: string) => `${BASE}/shelf/${encodeURIComponent(id)}`

export const readOverview = (signal: AbortSignal): Promise<Overview> => api.get(BASE, { signal })

/** `q`: how the number of a case begins. */
export const listWaiting = (what: What, q: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<Waiting>> =>
  api.get(`${BASE}/cases`, { query: { what, q: q || undefined, cursor, limit: 100 }, signal })

export const listLists = (sent: boolean, cursor: string | undefined, signal: AbortSignal): Promise<Page<List>> =>
  api.get(`${BASE}/lists`, { query: { sent, cursor, limit: 50 }, signal })

/** The courier who carries a list; both empty: nobody but the two sides. */
export type Courier = Record<'company' | 'tracking_number', string>

/** `to`: credit code of who receives results. */
export const makeList = (key: string, what: What, cases: string[], to: string | null, courier: Courier) =>
  api.post<ListPage>(`${BASE}/lists`, { contents: what, cases, to, ...(courier.company || courier.tracking_number ? courier : {}) }, { key })

export const readList = (id: string, signal: AbortSignal): Promise<ListPage> => api.get(one(id), { signal })

export const paperUrl = (id: string) => `${one(id)}/paper`

export const receive = (key: string, list: List, receipt: Receipt) => api.post<ListPage>(`${one(list.id)}/receive`, { version: list.version, ...receipt }, { key })

export const withdraw = (key: string, list: List) => api.post<ListPage>(`${one(list.id)}/withdraw`, { version: list.version }, { key })

export const listShelf = (q: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<ShelfRow>> =>
  api.get(`${BASE}/shelf`, { query: { q: q || undefined, cursor, limit: 50 }, signal })

export const handOut = (key: string, row: ShelfRow, collector: object) =>
  api.post<Answer<'HandedOut'>>(`${onShelf(row.id)}/hand-out`, { version: row.version, collector }, { key })

export const giveBack = (key: string, row: ShelfRow, reason: string) => api.post<null>(`${onShelf(row.id)}/give-back`, { reason }, { key }).then(() => true)

export const receiptUrl = (id: string) => `${onShelf(id)}/receipt`

export const relayOf = (id: string, signal: AbortSignal): Promise<Mark[]> => api.get(`/api/v1/approval/cases/${encodeURIComponent(id)}/relay`, { signal })
