/** One case: fetched masked, shown in full on demand, with the notes about it. */
import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useFetched } from '@/core/fetched'
import { toast } from '@/ui/toasts'
import { caseKeys, readCase } from './api'
import { notesOf } from './desk-notes'
import { t } from './text'

export function useCase(id: () => string) {
  const cache = useQueryClient()
  /** Case whose personal data is shown: another one is masked again. */
  const unmaskedId = ref<string>()
  const unmasked = computed(() => unmaskedId.value === id())
  const fetched = useFetched(
    () => caseKeys.one(id(), unmasked.value),
    (signal) => readCase(id(), unmasked.value, signal),
  )
  const masked = computed(() => cache.getQueryData<NonNullable<typeof fetched.value.value>>(caseKeys.one(id(), false)))
  /** While the full data is on its way the masked page stays. */
  const view = computed(() => fetched.value.value ?? (unmasked.value ? masked.value : undefined))
  const notes = computed(() => notesOf(id()))

  // Somebody else's change shows itself; one's own is announced by its toast.
  const own = ref(0)
  const told = ref(false)
  watch(
    () => [view.value?.id, view.value?.version] as const,
    ([newId, newVersion], [oldId, oldVersion]) => {
      const other = newId === oldId && oldVersion !== undefined && newVersion !== undefined && newVersion !== oldVersion
      if (other && newVersion !== own.value && !told.value) toast(t('changed'))
      told.value = false
    },
  )

  function renew() {
    void cache.invalidateQueries({ queryKey: caseKeys.all })
  }

  return {
    view,
    notes,
    unmasked,
    pending: computed(() => fetched.pending.value && view.value === undefined),
    problem: fetched.problem,
    refetch: () => void fetched.refetch(),
    /** After a conflict: the page has said already that somebody changed the case. */
    renewTold: () => {
      told.value = true
      void fetched.refetch()
    },
    renew,
    /** The version that one's own command leads to: no announcement for it. */
    expect: (version: number) => (own.value = version),
    show: (on: boolean) => (unmaskedId.value = on ? id() : undefined),
  }
}
