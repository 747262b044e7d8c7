/** Pure rules of the applicant's pages: groups of states, merging after a conflict, places of faults. */
import type { FieldFault } from '@/core/http'
import type { Answers } from '@/form/document'
import type { Application, ApplicationRow, Requirement, State } from './types'

export const FILTERS = {
  all: '',
  action: 'pre_review_returned,correcting,awaiting_originals',
  open: 'submitted,received,accepted,examining,special_procedure,suspended,decided,reported_up,transferred',
  done: 'closed,delivered,not_accepted,refused,returned,withdrawn,terminated,voided',
  draft: 'draft',
} as const
export type FilterName = keyof typeof FILTERS

const ENDED_BADLY: ReadonlySet<State> = new Set(['not_accepted', 'refused', 'returned', 'terminated', 'voided'])
const OPEN: ReadonlySet<State> = new Set([
  'submitted', 'pre_review_returned', 'awaiting_originals', 'received', 'correcting', 'accepted', 'examining',
  'special_procedure', 'suspended',
])

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

/**
 * After somebody else saved: every answer that was changed here since the last save is kept, the
 * others are taken from there.
 */
export function mergeAnswers(base: Answers, mine: Answers, theirs: Answers): Answers {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const merged: Answers = { ...theirs }
  for (const key of new Set([...Object.keys(base), ...Object.keys(mine)])) {
    if (same(base[key], mine[key])) continue
    if (mine[key] === undefined) delete merged[key]
    else merged[key] = mine[key]
  }
  return merged
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

/** Required materials without a file. */
export function lackingMaterials(materials: readonly Requirement[]): Requirement[] {
  return materials.filter((material) => material.required && material.files.length === 0)
}

/** Case numbers read better in groups: 430102 20261122 000001 5. */
export function grouped(caseNumber: string): string {
  const parts = /^(\d{6,12})(\d{8})(\d{6})(\d)$/.exec(caseNumber)
  return parts ? parts.slice(1).join(' ') : caseNumber
}
