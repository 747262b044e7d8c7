/** The list of cases under the filters of the address, kept fresh by the server's hints. */
import { useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose } from 'vue'
import { useCursorList } from '@/core/cursor-list'
import { useFetched } from '@/core/fetched'
import { useLive } from '@/core/live'
import { caseKeys, countCases, LIVE, listCases, type CaseQuery } from './api'

/** Between two looks at the list, however many hints come. */
const PAUSE_MS = 1000

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
  // A batch changes many cases a second: the first hint counts at once, those behind it together.
  let waiting = false
  let missed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  function hint() {
    missed = waiting
    if (waiting) return
    waiting = true
    void cache.invalidateQueries({ queryKey: caseKeys.all })
    timer = setTimeout(() => {
      waiting = false
      if (missed) hint()
    }, PAUSE_MS)
  }
  onScopeDispose(() => clearTimeout(timer))
  const { connected } = useLive(LIVE, {
    on: { case: hint, reset: hint },
    after_gap: [caseKeys.all],
  })
  return { connected: computed(() => connected.value), renew }
}
