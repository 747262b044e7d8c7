/** Figures, publicity and open data. */
import type { Answer, Body } from '@/api/answers'
import { address, api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'

const BASE = '/api/v1/insight'

export type Efficiency = Answer<'Efficiency'>
export type Statistics = Answer<'Statistics'>
export type StatisticsRow = Answer<'StatisticsRow'>
export type StatisticsDay = Answer<'StatisticsDay'>
export type LightCounts = Answer<'LightCounts'>
export type PublishedCase = Answer<'PublishedCase'>
export type Permit = Answer<'PermitView'>
export type DataSet = Answer<'DataSetView'>
export type ItemPublicity = Answer<'ItemPublicity'>
export type Comparison = Answer<'ComparisonView'>

export interface StatisticsQuery {
  by: 'department' | 'item' | 'region'
  from: string
  to: string
}

export interface ListQuery {
  q?: string
  state?: string
}

export const insightKeys = {
  efficiency: ['insight', 'efficiency'] as const,
  statistics: (query: StatisticsQuery) => ['insight', 'statistics', query] as const,
  published: (query: ListQuery) => ['insight', 'published', query] as const,
  permits: (query: ListQuery) => ['insight', 'permits', query] as const,
  managed: (query: ListQuery) => ['insight', 'managed', query] as const,
  items: (query: ListQuery) => ['insight', 'items', query] as const,
  all_items: ['insight', 'items'] as const,
  all_managed: ['insight', 'managed'] as const,
  comparison: ['insight', 'comparison'] as const,
  open_data: () => ['insight', 'open_data', locale.value] as const,
}

export const readEfficiency = (signal: AbortSignal) => api.get<Efficiency>(`${BASE}/efficiency`, { signal })

export const readStatistics = (query: StatisticsQuery, signal: AbortSignal) => api.get<Statistics>(`${BASE}/statistics`, { query: { ...query }, signal })

export const statisticsFile = (query: StatisticsQuery) => address(`${BASE}/statistics/file`, { ...query })

export const readComparison = (signal: AbortSignal) => api.get<Comparison>(`${BASE}/comparison`, { signal })

const LIMIT = 20

export const listPublished = (query: ListQuery, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<PublishedCase>>(`${BASE}/published-cases`, { query: { ...query, cursor, limit: LIMIT }, signal })

export const listPermits = (query: ListQuery, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<Permit>>(`${BASE}/permits`, { query: { ...query, cursor, limit: LIMIT }, signal })

export const listManaged = (query: ListQuery, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<Permit>>(`${BASE}/manage/permits`, { query: { ...query, cursor, limit: LIMIT }, signal })

export const withdrawPermit = (key: string, id: string, body: Body<'WithdrawPermit'>) =>
  api.post<Permit>(`${BASE}/manage/permits/${id}/withdraw`, body, { key })

export const correctPermit = (key: string, id: string, body: Body<'CorrectPermit'>) =>
  api.post<Permit>(`${BASE}/manage/permits/${id}/correct`, body, { key })

export const listItems = (query: ListQuery, cursor: string | undefined, signal: AbortSignal) => {
  const withheld = query.state === 'withheld' ? true : query.state === 'shown' ? false : undefined
  return api.get<Page<ItemPublicity>>(`${BASE}/items`, { query: { q: query.q, withheld, cursor, limit: LIMIT }, signal })
}

/** `null`: as the rule has it. */
export const setPublicity = (code: string, withheld: boolean | null) =>
  api.put<ItemPublicity>(`${BASE}/items/${encodeURIComponent(code)}/publicity`, { withheld })

export const readOpenData = (signal: AbortSignal) => api.get<DataSet[]>(`${BASE}/open-data`, { signal })
