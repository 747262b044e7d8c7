/** Pure rules of the applicant's pages: groups of states, merging after a conflict, places of faults. */
import type { FieldFault } from '@/core/http'
import type { Answers, FormDocument } from '@/form/document'
import { placeName } from '@/form/trail'
import { ordered } from './merge'
import type { Application, ApplicationRow, Requirement, State } from './types'

export const FILTERS = {
  all: '',
  action: 'pre_review_returned,correcting,awaiting_originals',
  open: 'submitted,waiting,received,accepted,examining,special_procedure,suspended,decided,reported_up',
  done: 'closed,delivered,not_accepted,refused,returned,withdrawn,terminated,transferred,voided',
  draft: 'draft',
} as const
/** States of an application that goes on or was decided: what was given up or turned away is no reason to wait. */
export const LASTING = `${FILTERS.open},${FILTERS.action},closed,delivered`
export type FilterName = keyof typeof FILTERS

const ENDED_BADLY: ReadonlySet<State> = new Set(['not_accepted', 'refused', 'returned', 'terminated', 'transferred', 'voided'])
const OPEN: ReadonlySet<State> = new Set([
  'submitted', 'waiting', 'pre_review_returned', 'awaiting_originals', 'received', 'correcting', 'accepted', 'examining',
  'special_procedure', 'suspended',
])

/** Whether a case came to an end without a decision: its days mean nothing any more. */
export const hasEnded = ({ state }: Pick<Application, 'state'>) => state === 'withdrawn' || ENDED_BADLY.has(state)

type Standing = Pick<ApplicationRow, 'state' | 'withdrawal_pending'>

/** Colour of the state's badge. Red is for errors and overdue alone, so a refusal is not red. */
export function toneOf({ state, withdrawal_pending }: Standing): 'brand' | 'ok' | 'warn' | 'neutral' {
  if (withdrawal_pending) return 'warn'
  if (FILTERS.action.split(',').includes(state) || state === 'suspended') return 'warn'
  if (state === 'closed' || state === 'delivered' || state === 'decided') return 'ok'
  return state === 'draft' || state === 'withdrawn' || ENDED_BADLY.has(state) ? 'neutral' : 'brand'
}

export function mayWithdraw(application: Pick<Application, 'state' | 'withdrawal_pending'>): boolean {
  return OPEN.has(application.state) && !application.withdrawal_pending
}

/** What the last word of the next action's key leads to: `intake.next.correct` → `correct`. */
export function actionOf(sentence: { key: string }): string {
  return sentence.key.split('.').at(-1) ?? ''
}

const BLANK = new Set([undefined, 'null', '""', '[]', '{}'])

/** Whether the server has what was sent, each answer as entered or in the normal form it is kept in. */
export function isWhatWasSent(theirs: Answers, sent: { entered: Answers; normal: Answers }): boolean {
  const words = (value: unknown) => JSON.stringify(ordered(value))
  return [...new Set([...Object.keys(theirs), ...Object.keys(sent.entered)])].every((key) => {
    const [kept, entered, normal] = [theirs[key], sent.entered[key], sent.normal[key]].map(words)
    return kept === entered || kept === normal || (BLANK.has(kept) && BLANK.has(entered))
  })
}

/** Puts answers into a form where they are others than there. */
export function fill(form: { answers: Answers; set: (path: string, value: unknown) => void }, answers: Answers): void {
  for (const key of new Set([...Object.keys(form.answers), ...Object.keys(answers)])) {
    if (JSON.stringify(form.answers[key]) !== JSON.stringify(answers[key])) form.set(`/${key}`, answers[key])
  }
}

/** Faults of a save, as the form names its places. */
export const formFaults = (fields: readonly FieldFault[]) =>
  fields.map((fault) => ({ ...fault, path: fault.path.replace(/^\/form(?=\/)/, '') }))

/** Names of the answers that a save was refused for. */
export function refusedNames(fields: readonly FieldFault[], document: FormDocument | null): string[] {
  return [...new Set(formFaults(fields).map((fault) => partName(fault.path, document)).filter((name) => name !== undefined))]
}

/** What the department calls a field: its label, with the rows it stands in. */
export function partName(path: string, document: FormDocument | null): string | undefined {
  return document ? placeName(document, path) : undefined
}

/** What a notice says of one part: the line that begins with its name. Nothing where it has none. */
export function noteOf(reason: string, name: string | undefined): string {
  if (!name) return ''
  for (const line of reason.split('\n')) {
    const words = line.trim().replace(/^\d+\s*[.、．)）]\s*/, '')
    if (words.startsWith(name) && /^\s*[:\uFF1A]/.test(words.slice(name.length))) return words.slice(name.length).replace(/^\s*[:\uFF1A]\s*/, '')
  }
  return ''
}

/** The server's faults by where they belong. Form paths lose their prefix. */
export function placeFaults(fields: readonly FieldFault[]) {
  const form = fields
    .filter((fault) => fault.path.startsWith('/form/'))
    .map((fault) => ({ ...fault, path: fault.path.slice('/form'.length) }))
  const named = (prefix: string) =>
    Object.fromEntries(
      fields.filter((fault) => fault.path.startsWith(prefix)).map((fault) => [fault.path.slice(prefix.length), fault.message]),
    )
  const materials = named('/materials/')
  const situation = named('/situation_answers/')
  const others = fields.filter((fault) => !['/form/', '/materials/', '/situation_answers/'].some((prefix) => fault.path.startsWith(prefix)))
  return { form, materials, situation, others }
}

/** Materials without a file that are required, or that could follow later and are not promised. */
export function lackingMaterials(materials: readonly Requirement[]): Requirement[] {
  return materials.filter((material) =>
    lacksPaper(material) || (material.files.length === 0 && !material.committed && (material.required || (material.deferral?.latest && !material.deferral.by && !liesOnPaper(material)))))
}

/** At a counter: what has to come on paper alone, and was not taken. */
export function lacksPaper(material: Requirement): boolean {
  return material.paper === false && material.form === 'paper' && material.necessity === 'required' && !material.committed
}

/** At a counter: what comes on paper alone lies there. */
const liesOnPaper = (material: Requirement) => material.paper === true && material.form === 'paper'

/** Case numbers read better in groups: 430102 20261122 000001 5. */
export function grouped(caseNumber: string): string {
  const parts = /^(\d{6,12})(\d{8})(\d{6})(\d)$/.exec(caseNumber)
  return parts ? parts.slice(1).join(' ') : caseNumber
}
