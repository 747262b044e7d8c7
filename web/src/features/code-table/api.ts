/** Calls about tables of codes for whoever keeps them. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/catalogue/manage/codes'

export const TABLES = ['item_type', 'audience', 'case_kind', 'life_event', 'industry', 'occupation', 'green_channel', 'topic'] as const satisfies readonly CodeTable[]
export type CodeTable = Answer<'CodeTable'>
export type KeptCodeTable = Answer<'KeptCodeTable'>
export type CodeEntry = Answer<'CodeEntry'>

export const codeKeys = { all: ['code-table'] as const, list: (region: string) => ['code-table', region] as const }

export const listKept = (region: string, signal: AbortSignal) => api.get<Pick<Page<KeptCodeTable>, 'items'>>(BASE, { query: { region: region || undefined }, signal })

export const saveTable = (table: CodeTable, region: string, version: number, entries: readonly CodeEntry[]) =>
  api.put<KeptCodeTable>(`${BASE}/${table}`, { region, version, entries })
