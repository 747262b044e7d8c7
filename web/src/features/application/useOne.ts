/** One application for a page: its data, its problem in words, whether it is there at all. */
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { explain, isRefused } from '@/core/errors'
import { asProblem } from '@/core/http'
import { useApplication } from './api'

export function useOne(id: MaybeRefOrGetter<string>) {
  const query = useApplication(() => toValue(id))
  const found = computed(() => (query.error.value ? asProblem(query.error.value) : undefined))
  const missing = computed(() => found.value?.status === 404)
  const application = computed(() => (isRefused(query.error.value) ? undefined : query.data.value))
  return {
    application,
    pending: query.isPending,
    missing,
    problem: computed(() => (found.value && !missing.value && !application.value ? explain(found.value) : undefined)),
    refetch: query.refetch,
  }
}
