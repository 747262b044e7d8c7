/** One thing fetched from the server, with what `UiAsync` needs to show its states. */
import { useQuery, type QueryKey } from '@tanstack/vue-query'
import { computed } from 'vue'
import { explain, isRefused } from './errors'
import { asProblem } from './http'

export interface FetchedOptions {
  /** Ask again after so many milliseconds while the page is in sight. */
  every?: number
  enabled?: () => boolean
}

export function useFetched<T>(
  key: () => QueryKey,
  load: (signal: AbortSignal) => Promise<T>,
  options: FetchedOptions = {},
) {
  const query = useQuery({
    queryKey: computed(key),
    queryFn: ({ signal }) => load(signal),
    enabled: computed(() => options.enabled?.() ?? true),
    refetchInterval: options.every ?? false,
  })
  const refused = computed(() => isRefused(query.error.value))
  return {
    value: computed(() => (refused.value ? undefined : (query.data.value as T | undefined))),
    pending: query.isPending,
    fetching: query.isFetching,
    /** A failure is shown where there is nothing older to show, or where that may no longer be shown. */
    problem: computed(() =>
      query.error.value && (refused.value || query.data.value === undefined) ? explain(asProblem(query.error.value)) : undefined,
    ),
    refetch: () => query.refetch(),
  }
}
