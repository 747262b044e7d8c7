/** Who stands there while it is entered: what is missing, and what the server found. */
import { computed, ref } from 'vue'
import type { Problem } from '@/core/http'
import type { Presented } from './api'
import { foundOf, labelKey, missingOf, tidy, type Key } from './model'
import { t } from './text'

export function usePresented(initial: Presented) {
  const who = ref<Presented>({ ...initial })
  const checked = ref(false)
  const attempt = ref(0)
  /** Found by the server of what was sent; gone as soon as it is changed. */
  const found = ref<{ of: Presented; fields: Partial<Record<Key, string>> }>()

  const errors = computed<Partial<Record<Key | 'checked', string>>>(() => {
    const said = Object.entries(found.value?.fields ?? {}).filter(([key]) => found.value?.of[key as Key] === who.value[key as Key])
    return {
      ...Object.fromEntries(said),
      ...(attempt.value > 0 ? Object.fromEntries(missingOf(who.value).map((key) => [key, t('person.missing', { name: t(labelKey(key, who.value)) })])) : {}),
      ...(attempt.value > 0 && !checked.value ? { checked: t('person.checked_missing') } : {}),
    }
  })

  return {
    who, checked, attempt, errors,
    /** Tries it: what is to be sent, where nothing is missing. */
    entered(): Presented | undefined {
      attempt.value++
      return missingOf(who.value).length === 0 && checked.value ? tidy(who.value) : undefined
    },
    refuse(problem: Problem | undefined, sent: Presented) {
      if (!problem || problem.fields.length === 0) return
      found.value = { of: sent, fields: foundOf(problem.fields) }
      attempt.value++
    },
  }
}
