/** How far each section is: one rule for the step bar and for the list of parts around the form. */
import { reactive, type ComputedRef } from 'vue'
import { sectionOf } from './complaints'
import { pointer, type Answers, type FormDocument } from './document'
import { valueAt } from './paths'
import type { Judgement } from './validate'
import { isBlank } from './value'

export type SectionState = 'done' | 'begun' | 'todo' | 'wrong'

interface Grounds {
  document: FormDocument
  answers: Answers
  judgement: ComputedRef<Judgement>
  mayEdit: (path: string) => boolean
  complained: (section: string) => boolean
  /** A correction is answered already: that alone does not make it done. */
  restricted: boolean
}

export function makeProgress({ document, answers, judgement, mayEdit, complained, restricted }: Grounds) {
  const seen = reactive(new Set<string>())

  /** How many answers of a section are still missing or wrong, whether said already or not. */
  const lacking = (section: string) =>
    judgement.value.problems.filter((one) => mayEdit(one.path) && sectionOf(document, one.path) === section).length

  const isAnswered = (section: string) =>
    document.sections.some((one) => one.key === section && one.fields.some((field) => !isBlank(field, valueAt(answers, pointer('', field.key)))))

  function stateOf(section: string): SectionState {
    if (complained(section)) return 'wrong'
    if (!seen.has(section) && (restricted || !isAnswered(section))) return 'todo'
    return lacking(section) === 0 ? 'done' : 'begun'
  }

  /** `see`: it has been on screen; one without required answers can then count as done. */
  return { lacking, isAnswered, stateOf, see: (section: string) => void seen.add(section) }
}
