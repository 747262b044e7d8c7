/** Typed calls to the catalogue and their query keys. */
import type { Answer } from '@/api/answers'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'
import type { Department, ItemGuide, ItemPage, ItemRow, RelatedItems, Theme } from './types'

const BASE = '/api/v1/catalogue'
const HOUR_MS = 3_600_000
export const SUGGESTIONS = 8

export interface ItemFilter {
  q?: string
  department?: string
  audience?: string
  theme?: string
  region?: string
  life_event?: string
  industry?: string
  occupation?: string
  green_channel?: string
  topic?: string
  item_type?: string
  online?: boolean
}

export function useItems(filter: MaybeRefOrGetter<ItemFilter>) {
  return useInfiniteQuery({
    queryKey: ['item', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<ItemPage>(`${BASE}/items`, {
        query: { ...toValue(filter), facets: true, cursor: pageParam, limit: 20 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  })
}

/** How the items of an audience spread over every way to them. */
export function useFacets(audience: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['item', 'facets', audience],
    queryFn: async ({ signal }) =>
      (await api.get<ItemPage>(`${BASE}/items`, { query: { audience: toValue(audience), facets: true, limit: 1 }, signal })).facets ?? [],
    staleTime: HOUR_MS,
  })
}

/** Names of codes as the item's division writes them; the program's own words stand until they are here. */
export function useCodeNames(region: MaybeRefOrGetter<string>) {
  const tables = useQuery({
    queryKey: ['item', 'codes', region],
    queryFn: async ({ signal }) => (await api.get<Pick<Page<Answer<'CodeTableView'>>, 'items'>>(`${BASE}/codes`, { query: { region: toValue(region) }, signal })).items,
    staleTime: HOUR_MS,
  })
  return (table: Answer<'CodeTable'>, code: string) =>
    tables.data.value?.find((one) => one.table === table)?.entries.find((one) => one.code === code)?.name ?? undefined
}

export function useSuggestions(words: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['item', 'suggest', words],
    queryFn: ({ signal }) =>
      api.get<ItemPage>(`${BASE}/items`, { query: { q: toValue(words), limit: SUGGESTIONS }, signal }),
    enabled: () => toValue(words) !== '',
    placeholderData: keepPreviousData,
  })
}

export function useItem(code: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['item', 'one', code],
    queryFn: ({ signal }) => api.get<ItemGuide>(`${BASE}/items/${encodeURIComponent(toValue(code))}`, { signal }),
  })
}

export function useRelated(code: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['item', 'related', code],
    queryFn: ({ signal }) => api.get<RelatedItems>(`${BASE}/items/${encodeURIComponent(toValue(code))}/related`, { signal }),
    staleTime: HOUR_MS,
  })
}

export function useThemes() {
  return useQuery({
    queryKey: ['item', 'themes', locale],
    queryFn: async ({ signal }) => (await api.get<Pick<Page<Theme>, 'items'>>(`${BASE}/themes`, { signal })).items,
    staleTime: HOUR_MS,
  })
}

export function useHot(limit: number) {
  return useQuery({
    queryKey: ['item', 'hot'],
    queryFn: async ({ signal }) => (await api.get<Pick<Page<ItemRow>, 'items'>>(`${BASE}/hot`, { signal })).items,
    select: (rows) => rows.slice(0, limit),
    staleTime: HOUR_MS,
  })
}

export function useDepartments(enabled: () => boolean = () => true) {
  return useQuery({
    enabled,
    queryKey: ['item', 'departments'],
    queryFn: async ({ signal }) =>
      (await api.get<Page<Department>>(`${BASE}/departments`, { query: { limit: 100 }, signal })).items,
    staleTime: HOUR_MS,
  })
}

/** Where a blank form or sample of a published version is to be had. */
export const formFileAddress = (sum: string): string => `/api/v1/catalogue/form-files/${encodeURIComponent(sum)}`
