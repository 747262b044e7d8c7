/** One application for a page: its data, its problem in words, whether it is there at all. */
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { explain } from '@/core/errors'
import { asProblem } from '@/core/http'
import { useApplication } from './api'

export function useOne(id: MaybeRefOrGetter<string>) {
  const query = useApplication(() => toValue(id))
  const found = computed(() => (query.error.value ? asProblem(query.error.value) : undefined))
  const missing = computed(() => found.value?.status === 404)
  return {
    application: query.data,
    pending: query.isPending,
    missing,
    problem: computed(() => (found.value && !missing.value && !query.data.value ? explain(found.value) : undefined)),
    refetch: query.refetch,
  }
}
