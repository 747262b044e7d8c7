/** What two devices wrote comes together; a place that both changed waits for the applicant's word. */
import { shallowRef } from 'vue'
import type { FormDocument } from '@/form/document'
import type { Form } from '@/form/useForm'
import { mergeAnswers, type Clash, type Sides } from './merge'
import { fill } from './model'

export function useMerge(document: FormDocument | null, form: Form) {
  const clashes = shallowRef<Clash[]>([])

  function bring(sides: Sides) {
    const { merged, clashes: found } = mergeAnswers(document, sides)
    fill(form, merged)
    clashes.value = found
  }

  /** `theirs`: the paths for which the other version was chosen. */
  function choose(theirs: ReadonlySet<string>) {
    for (const one of clashes.value) if (theirs.has(one.path)) form.set(one.path, one.theirs ?? null)
    clashes.value = []
  }

  return { clashes, bring, choose }
}
