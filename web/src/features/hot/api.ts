/** Calls about hot items for whoever keeps them. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/catalogue/manage/hot'

export type HotItem = Answer<'HotItem'>

export const hotKeys = { list: () => ['hot-kept'] as const }

export const listHot = (signal: AbortSignal) => api.get<Pick<Page<HotItem>, 'items'>>(BASE, { signal })

export const pinHot = (codes: readonly string[]) => api.put<Pick<Page<HotItem>, 'items'>>(BASE, { codes })

/** The codes of the pinned ones in their order. */
export const pinsOf = (rows: readonly HotItem[]) => rows.filter((row) => row.pin !== null && row.pin !== undefined).toSorted((a, b) => (a.pin ?? 0) - (b.pin ?? 0)).map((row) => row.code)

/** The same with one of them a place further up or down. */
export function moved(codes: readonly string[], code: string, by: -1 | 1): string[] {
  const at = codes.indexOf(code)
  const to = at + by
  if (at < 0 || to < 0 || to >= codes.length) return [...codes]
  return codes.toSpliced(at, 1).toSpliced(to, 0, code)
}
