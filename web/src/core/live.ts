/**
 * Server-sent events into the query cache. A message patches what it names; after a gap the keys
 * in `after_gap` are fetched anew, because messages may have been missed.
 */
import { useQueryClient, type InfiniteData, type QueryClient, type QueryKey } from '@tanstack/vue-query'
import { onScopeDispose, ref } from 'vue'
import type { Page } from './http'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

export interface LiveOptions {
  /** Event name → what it changes. The data is the parsed JSON of the message. */
  on: Record<string, (data: unknown, cache: QueryClient) => void>
  after_gap: QueryKey[]
  /** For tests. */
  open?: (url: string) => EventSource
}

export function useLive(url: string, options: LiveOptions) {
  const cache = useQueryClient()
  const connected = ref(false)
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS
  let hadGap = false
  let stopped = false

  function connect() {
    if (stopped) return
    source = (options.open ?? ((address) => new EventSource(address)))(url)
    source.addEventListener('open', () => {
      connected.value = true
      wait = FIRST_WAIT_MS
      if (hadGap) for (const queryKey of options.after_gap) void cache.invalidateQueries({ queryKey })
      hadGap = false
    })
    source.addEventListener('error', () => {
      connected.value = false
      hadGap = true
      // The browser gives up for good after some answers (a 503, say); then it is up to us.
      source?.close()
      timer = setTimeout(connect, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    })
    for (const [name, apply] of Object.entries(options.on)) {
      source.addEventListener(name, (event: MessageEvent<string>) => apply(JSON.parse(event.data), cache))
    }
  }

  connect()
  onScopeDispose(() => {
    stopped = true
    clearTimeout(timer)
    source?.close()
  })
  return { connected }
}

/** Patches one row wherever it stands in a list loaded by cursor. */
export function patchRow<T extends { id: string }>(
  cache: QueryClient,
  queryKey: QueryKey,
  id: string,
  patch: Partial<T>,
): void {
  cache.setQueriesData<InfiniteData<Page<T>>>({ queryKey }, (list) => {
    if (!list?.pages) return list
    const pages = list.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => (row.id === id ? { ...row, ...patch } : row)),
    }))
    return { ...list, pages }
  })
}
