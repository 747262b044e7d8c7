/** One application for a page: its data, its problem in words, whether it is there at all. */
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { explain, isRefused } from '@/core/errors'
import { asProblem } from '@/core/http'
import { useApplication } from './api'

/**
 * `fresh`: for pages that begin to edit what they are given. What this browser remembers may be older than what
 * another device has saved, so nothing is shown until the server has been asked.
 */
export function useOne(id: MaybeRefOrGetter<string>, { fresh = false } = {}) {
  const query = useApplication(() => toValue(id), { fresh })
  const found = computed(() => (query.error.value ? asProblem(query.error.value) : undefined))
  const missing = computed(() => found.value?.status === 404)
  const application = computed(() => (isRefused(query.error.value) || (fresh && !query.isFetchedAfterMount.value) ? undefined : query.data.value))
  return {
    application,
    pending: computed(() => query.isPending.value || (fresh && !query.isFetchedAfterMount.value)),
    missing,
    problem: computed(() => (found.value && !missing.value && !application.value ? explain(found.value) : undefined)),
    refetch: query.refetch,
  }
}
