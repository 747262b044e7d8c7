/** Server state: one client, one policy. Nothing else keeps what the server owns. */
import { QueryClient } from '@tanstack/vue-query'
import { asProblem, UNREACHABLE } from './http'

const STALE_MS = 30_000
const GC_MS = 10 * 60_000

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        gcTime: GC_MS,
        // The api has already repeated what may be repeated.
        retry: (failures, error) => failures < 1 && asProblem(error).code === UNREACHABLE,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
