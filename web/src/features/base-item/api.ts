/** Calls about the base catalogue that items implement. */
import type { Answer, Narrow } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { exportOf, type ExportFormat } from '@/core/export'
import type { Answers } from '@/form/document'

const BASE = '/api/v1/catalogue/manage/base-items'
const at = (code: string) => `${BASE}/${encodeURIComponent(code)}`

export const BASE_STATUSES = ['draft', 'published', 'abolished'] as const satisfies readonly BaseStatus[]
export const BASE_TONES = { draft: 'neutral', published: 'ok', abolished: 'bad' } as const

export type BaseStatus = Answer<'BaseStatus'>
export type BaseRow = Answer<'BaseItemRow'>
export type BaseList = Answer<'BaseItemList'>
export type FollowRow = Answer<'FollowRow'>
export type Deviation = Answer<'Deviation'>
export type BaseSaved = Answer<'BaseSaved'>
export type BaseView = Narrow<Answer<'BaseItemView'>, { item: Answers; published?: Answers | null }>
export type BaseStanding = Narrow<Answer<'BaseStanding'>, { item: Answers }>

export interface BaseQuery {
  q?: string | undefined
  status?: string | undefined
  item_type?: string | undefined
}

export const baseKeys = {
  all: ['base-item'] as const,
  list: (query: BaseQuery) => ['base-item', 'list', query] as const,
  facets: (query: BaseQuery) => ['base-item', 'facets', query] as const,
  one: (code: string) => ['base-item', 'one', code] as const,
  follow: () => ['base-item', 'follow'] as const,
}

export const listBase = (query: BaseQuery, cursor: string | undefined, signal: AbortSignal, limit = 50) =>
  api.get<BaseList & Page<BaseRow>>(BASE, { query: { ...query, cursor, limit }, signal })

/** Only the counts of states and types. */
export const countBase = (query: BaseQuery, signal: AbortSignal) => api.get<BaseList>(BASE, { query: { ...query, facets: 'true', limit: 1 }, signal })

export const readBase = (code: string, signal?: AbortSignal) => api.get<BaseView>(at(code), signal ? { signal } : {})

export const listToFollow = (cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<FollowRow>>(`${BASE}/to-follow`, { query: { cursor, limit: 50 }, signal })

export const createBase = (key: string, item: Answers) => api.post<BaseSaved>(BASE, { item }, { key })

export const saveBase = (code: string, version: number, item: Answers) => api.put<BaseSaved>(at(code), { version, item })

export const publishBase = (key: string, code: string, version: number) => api.post<BaseSaved>(`${at(code)}/publish`, { version }, { key })

export const abolishBase = (key: string, code: string, version: number, reason: string, day: string | undefined) =>
  api.post<BaseSaved>(`${at(code)}/abolish`, { version, reason, abolished_on: day ?? null }, { key })

/** Where a file with the base items of a list is to be had. */
export const exportAddress = (query: BaseQuery, format: ExportFormat): string => exportOf(`${BASE}/export`, { ...query, format })

const CREDIT_CODE = /^[0-9A-Z]{18}$/
const LEVEL_DIGITS: Record<number, string> = { 2: '2', 4: '3', 6: '4', 9: '5', 12: '6' }

/** The implementation code of an office for a base item: its credit code, the digit of its level, the base code. */
export function codeOf(department: { code: string; region: string } | undefined, base: string): string | undefined {
  const digit = LEVEL_DIGITS[department?.region.length ?? 0]
  if (!department || !digit || !CREDIT_CODE.test(department.code) || base.length !== 12) return undefined
  return department.code + digit + base
}
