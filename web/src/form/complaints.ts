/**
 * What is said about the answers, where and when: a field's error once it has been left, what is
 * missing once the page is handed in, what the server found until the answer changes.
 */
import { computed, reactive, ref, type ComputedRef } from 'vue'
import type { FieldFault } from '@/core/http'
import { idOf, stepsOf, type FormDocument } from './document'
import { sentence, type FieldProblem } from './refusal'
import { byPlace, trailOf } from './trail'
import { covers } from './restrict'
import { t } from './text'
import type { Judgement } from './validate'

/** `counts`: whether a place may be mended here at all; in a correction only what is listed. */
export function makeComplaints(
  document: FormDocument,
  judgement: ComputedRef<Judgement>,
  counts: (path: string) => boolean,
) {
  const left = reactive(new Set<string>())
  const attempted = reactive(new Set<string>())
  /** Rows that were added since the page was handed in last. */
  const fresh = reactive(new Set<string>())
  const faults = reactive(new Map<string, string>())
  const attempt = ref(0)
  // The first problem of a place is the one that is shown.
  const problems = computed(() => new Map(judgement.value.problems.toReversed().map((one) => [one.path, one])))

  function due(problem: FieldProblem): boolean {
    if (!counts(problem.path)) return false
    const handedIn = attempted.has(sectionOf(document, problem.path)) && !covers([...fresh], problem.path)
    return handedIn || (left.has(problem.path) && problem.code !== 'form.required')
  }

  /** The sentence beside the field, the same as in the summary. */
  function errorOf(path: string): string | undefined {
    const problem = problems.value.get(path)
    return faults.get(path) ?? (problem && due(problem) ? sentence(problem) : undefined)
  }

  /** All that is to be mended, in the order of the form; of one section where given. */
  function summary(section?: string) {
    const own = judgement.value.problems.filter(due).map((one) => one.path)
    return [...new Set([...own, ...faults.keys()])]
      .filter((path) => section === undefined || sectionOf(document, path) === section)
      .toSorted(byPlace(document))
      .map((path) => ({ id: idOf(path), path, message: placed(document, path, errorOf(path) ?? '') }))
  }

  /** Whether a section (or all of it) is in order; if not, the summary takes focus. */
  function check(section?: string): boolean {
    fresh.clear()
    for (const one of document.sections) if (section === undefined || one.key === section) attempted.add(one.key)
    const clean = summary(section).length === 0
    if (!clean) attempt.value++
    return clean
  }

  /** Says what the server found beside the fields, and leaves the focus where somebody types. */
  function noteFaults(list: readonly FieldFault[]): FieldFault[] {
    const others = list.filter((one) => sectionOf(document, one.path) === '')
    faults.clear()
    for (const one of list) if (!others.includes(one)) faults.set(one.path, one.message)
    return others
  }

  /** The same, and the summary takes focus. Faults without a place in the form are handed back. */
  function takeFaults(list: readonly FieldFault[]): FieldFault[] {
    const others = noteFaults(list)
    if (faults.size > 0) attempt.value++
    return others
  }

  /** An answer has changed: what was said about it no longer holds. */
  function changed(path: string) {
    for (const known of faults.keys()) if (covers([path], known)) faults.delete(known)
  }

  /** Rows have shifted. */
  function shifted(path: string) {
    for (const known of [...left, ...fresh]) {
      if (!known.startsWith(`${path}/`)) continue
      left.delete(known)
      fresh.delete(known)
    }
  }

  return { attempt, errorOf, summary, check, takeFaults, noteFaults, changed, shifted, added: (path: string) => fresh.add(path), leave: (path: string) => left.add(path) }
}

/** Key of the section that a path lies in; empty where the form has no such field. */
export function sectionOf(document: FormDocument, path: string): string {
  const key = stepsOf(path)[0]
  return document.sections.find((section) => section.fields.some((field) => field.key === key))?.key ?? ''
}

/** Inside a row the summary also says which row: 家庭成员 1：请填写姓名. */
function placed(document: FormDocument, path: string, message: string): string {
  const trail = trailOf(document, path)
  if (!trail || trail.isRow || trail.rows.length === 0) return message
  return t('error_in_row', { row: trail.rows.map((row) => t('row', row)).join(' · '), message })
}
