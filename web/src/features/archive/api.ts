/** Archiving (归档): what waits for it, hand-over lists with their packages, settings. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/approval/archive'

export type Overview = Answer<'ArchiveOverview'>
export type Waiting = Answer<'WaitingCase'>
export type List = Answer<'ArchiveListView'>
export type ListPage = Answer<'ArchiveListPage'>
export type Entry = Answer<'ArchiveEntryView'>
export type Fonds = Answer<'FondsView'>
export type Rule = Answer<'RetentionRule'>
export type Mark = Answer<'ArchiveMark'>
export type Retention = Rule['retention']

export interface WaitingQuery {
  year?: string | undefined
  item?: string | undefined
  retention?: string | undefined
}

export const archiveKeys = {
  all: ['archive'] as const,
  overview: ['archive', 'overview'] as const,
  waiting: (query: WaitingQuery) => ['archive', 'waiting', query] as const,
  lists: (state: string) => ['archive', 'lists', state] as const,
  list: (id: string) => ['archive', 'list', id] as const,
  rules: ['archive', 'rules'] as const,
  /** Begins with the case: its live hints renew it. */
  ofCase: (id: string) => ['case', 'archive', id] as const,
}

const one = (id: string) => `${BASE}/lists/${encodeURIComponent(id)}`

export const readOverview = (signal: AbortSignal): Promise<Overview> => api.get(BASE, { signal })

export const listWaiting = (query: WaitingQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<Waiting>> =>
  api.get(`${BASE}/cases`, { query: { ...query, cursor, limit: 50 }, signal })

export const listLists = (state: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<List>> =>
  api.get(`${BASE}/lists`, { query: { state, cursor, limit: 50 }, signal })

export const makeList = (key: string, ids: string[]) => api.post<List>(`${BASE}/lists`, { ids }, { key })

export const makeListOf = (key: string, { year, item, retention }: WaitingQuery) =>
  api.post<List>(`${BASE}/lists`, { filter: { year: year ? Number(year) : null, item: item ?? null, retention: retention ?? null } }, { key })

export const readList = (id: string, signal: AbortSignal): Promise<ListPage> => api.get(one(id), { signal })

export const paperUrl = (id: string) => `${one(id)}/paper`

/** A step of a list as it was seen, with what belongs to it. */
export const step = (key: string, list: List, verb: string, more: { entries?: string[]; reason?: string } = {}) =>
  api.post<ListPage>(`${one(list.id)}/${verb}`, { version: list.version, ...more }, { key })

export const takePackage = (key: string, entry: string, reason: string) =>
  api.file(`${BASE}/entries/${encodeURIComponent(entry)}/package`, { reason }, { key })

export const takePackages = (key: string, list: string, reason: string) => api.file(`${one(list)}/packages`, { reason }, { key })

export const keepFonds = (key: string, version: number, fonds: string, category: string, pattern: string) =>
  api.put<Fonds>(`${BASE}/fonds`, { version, fonds, category, pattern }, { key })

export const listRules = (signal: AbortSignal): Promise<Rule[]> => api.get(`${BASE}/rules`, { signal })

export const keepRule = (key: string, version: number, subject: string, retention: Retention, basis: string) =>
  api.put<Rule[]>(`${BASE}/rules`, { version, subject, retention, basis }, { key })

export const removeRule = (key: string, subject: string) => api.post<Rule[]>(`${BASE}/rules/remove`, { subject }, { key })

export const markOf = (id: string, signal: AbortSignal): Promise<Mark | null> =>
  api.get(`/api/v1/approval/cases/${encodeURIComponent(id)}/archive`, { signal })
