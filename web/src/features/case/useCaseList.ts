/** The list of cases under the filters of the address, kept fresh by the server's hints. */
import { useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useCursorList } from '@/core/cursor-list'
import { useFetched } from '@/core/fetched'
import { useLive } from '@/core/live'
import { caseKeys, countCases, LIVE, listCases, type CaseQuery } from './api'

export function useCaseList(query: () => CaseQuery) {
  return useCursorList(
    () => caseKeys.list(query()),
    (cursor, signal) => listCases(query(), cursor, signal),
  )
}

/** How many cases there are by state and light; `todo` asks for those that wait for the reader's post. */
export function useCaseCounts(todo: () => boolean, enabled: () => boolean = () => true) {
  return useFetched(() => caseKeys.counts(todo()), (signal) => countCases(todo(), signal), { enabled })
}

/** The server only says that a case has changed: what is on the page is asked for anew. */
export function useCaseLive() {
  const cache = useQueryClient()
  const renew = () => {
    void cache.invalidateQueries({ queryKey: caseKeys.lists })
    void cache.invalidateQueries({ queryKey: caseKeys.allCounts })
  }
  const { connected } = useLive(LIVE, {
    on: {
      case: () => void cache.invalidateQueries({ queryKey: caseKeys.all }),
      reset: () => void cache.invalidateQueries({ queryKey: caseKeys.all }),
    },
    after_gap: [caseKeys.all],
  })
  return { connected: computed(() => connected.value), renew }
}
