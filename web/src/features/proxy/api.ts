/** Authorisations between citizens (委托授权), and acting by them. */
import { useQueries } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { Answer, Body } from '@/api/answers'
import { today } from '@/core/format'
import { api, type Page } from '@/core/http'
import type { ItemGuide } from '@/features/item/types'

const BASE = '/api/v1/identity/proxies'
const one = (id: string) => `${BASE}/${encodeURIComponent(id)}`

export type Proxy = Answer<'ProxyView'>
export type Side = 'given' | 'held'
export type OnBehalf = NonNullable<Body<'CreateApplication'>['on_behalf']>
export type NewProxy = Body<'NewProxy'>
export type ByPaper = Body<'ByPaper'>
/** What is entered of the other of the two. */
export type Entered = Omit<ByPaper, 'relation'>

export const nobody = (): Entered => ({ name: '', id_number: '', phone: '', from: today(), until: '' })

export const proxyKeys = {
  all: ['proxy'] as const,
  list: (side: Side) => ['proxy', 'list', side] as const,
}

export const listProxies = (side: Side, cursor: string | undefined, signal: AbortSignal): Promise<Page<Proxy>> =>
  api.get(BASE, { query: { side, cursor, limit: 50 }, signal })

export const offerProxy = (key: string, wanted: NewProxy) => api.post<Proxy>(BASE, wanted, { key })

export const acceptProxy = (key: string, { id, version }: Proxy) => api.post<Proxy>(`${one(id)}/accept`, { version }, { key })

export const endProxy = (key: string, { id, version }: Proxy) => api.post<Proxy>(`${one(id)}/end`, { version }, { key })

/** Names of items by their codes; a code that is not published any more stays as it is. */
export function useItemNames(codes: MaybeRefOrGetter<readonly string[]>) {
  const found = useQueries({
    queries: computed(() =>
      toValue(codes).map((code) => ({
        queryKey: ['item', 'one', code],
        queryFn: ({ signal }: { signal: AbortSignal }) => api.get<ItemGuide>(`/api/v1/catalogue/items/${encodeURIComponent(code)}`, { signal }),
        retry: false,
      })),
    ),
  })
  return computed(() => toValue(codes).map((code, at) => found.value[at]?.data?.name ?? code))
}
