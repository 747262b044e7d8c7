/** What a list is asked for, out of the address. */
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import type { ListQuery } from './api'

export function useListQuery(states: readonly string[]) {
  const route = useRoute()
  return computed<ListQuery>(() => ({
    q: typeof route.query.q === 'string' && route.query.q ? route.query.q : undefined,
    state: states.find((one) => one === route.query.state),
  }))
}

/** Whether an empty list may be so for what it was asked. */
export const isNarrowed = ({ q, state }: ListQuery) => q !== undefined || state !== undefined
