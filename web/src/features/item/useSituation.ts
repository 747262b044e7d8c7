/** The questions of an item on a page: answers, what bars the way, and what is unanswered once somebody went on. */
import { computed, ref, type Ref } from 'vue'
import { t } from './guide-text'
import { barredBy, materialsFor, unanswered } from './model'
import type { ItemDocument, SituationAnswers } from './types'

type Guided = Pick<ItemDocument, 'situations' | 'materials'>

/** The line of a summary for each question without an answer. */
function openQuestions(situations: ItemDocument['situations'], answers: SituationAnswers): { id: string; message: string }[] {
  return unanswered(situations, answers).map((one) => ({ id: `situation-${one.id}`, message: t('situation.answer', { question: one.question }) }))
}

/**
 * @param guided What is asked; `undefined` while it is loading.
 * @param given Answers to begin with.
 * @param attempt Counts the tries to go on; a page that counts its own passes it.
 */
export function useSituation(guided: () => Guided | undefined, given: SituationAnswers = {}, attempt: Ref<number> = ref(0)) {
  const answers = ref<SituationAnswers>(given)
  const situations = computed(() => guided()?.situations ?? [])
  const barred = computed(() => barredBy(situations.value, answers.value))
  const tried = computed(() => attempt.value > 0)
  const faults = computed(() => (tried.value ? openQuestions(situations.value, answers.value) : []))
  const errors = computed(() => (tried.value ? Object.fromEntries(unanswered(situations.value, answers.value).map((one) => [one.id, t('situation.choose')])) : {}))
  const materials = computed(() => {
    const item = guided()
    return item ? materialsFor(item, answers.value) : []
  })
  /** Whether these answers let one go on. */
  const complete = computed(() => !barred.value && unanswered(situations.value, answers.value).length === 0)
  return { answers, attempt, situations, barred, faults, errors, materials, complete }
}
