/** A list that is loaded page by page, as the pages show it: rows, the four states, "more". */
import { useInfiniteQuery, type QueryKey } from '@tanstack/vue-query'
import { computed } from 'vue'
import { explain, isRefused } from './errors'
import { asProblem, type Page } from './http'

export interface CursorOptions {
  /** Ask again after so many milliseconds while the page is in sight. */
  every?: number
  enabled?: () => boolean
}

export function useCursorList<T>(
  key: () => QueryKey,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
  options: CursorOptions = {},
) {
  const query = useInfiniteQuery({
    queryKey: computed(key),
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<T>) => last.next_cursor ?? undefined,
    enabled: computed(() => options.enabled?.() ?? true),
    refetchInterval: options.every ?? false,
  })
  const items = computed(() => (isRefused(query.error.value) ? [] : (query.data.value?.pages.flatMap((page) => page.items) ?? [])))
  return {
    items,
    pending: query.isPending,
    fetching: query.isFetching,
    problem: computed(() =>
      query.error.value && items.value.length === 0 ? explain(asProblem(query.error.value)) : undefined,
    ),
    empty: computed(() => query.isSuccess.value && items.value.length === 0),
    more: computed(() => query.hasNextPage.value),
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    refetch: () => void query.refetch(),
  }
}
