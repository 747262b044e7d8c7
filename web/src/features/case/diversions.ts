/** What leads a case off its straight way: which actions are offered, what each asks for and sends. */
import type { CaseView } from './api'
import { isIdle, type Action, type DiversionKey } from './model'
import { t } from './text'

export type Diversion = Action & { key: DiversionKey }
export type FieldKey = 'procedure' | 'planned_end' | 'days' | 'ground' | 'basis' | 'organ'

const diversion = (key: DiversionKey, more: Partial<Action> = {}): Diversion => ({
  tone: 'plain', words: 'reason', ...more, key, command: key, path: key.replaceAll('_', '-'),
})

/** In the order in which they are offered: what waits for an answer, the way back, the ends last. */
export const DIVERSIONS: readonly Diversion[] = [
  diversion('void', { tone: 'danger' }),
  diversion('reject_void', { goes_on: true }),
  diversion('end_special_procedure', { tone: 'main', goes_on: true }),
  diversion('resume', { tone: 'main', goes_on: true }),
  diversion('start_special_procedure', { goes_on: true }),
  diversion('extend', { goes_on: true }),
  diversion('suspend', { goes_on: true }),
  diversion('return_unsupplied', { tone: 'danger' }),
  diversion('report_up', { tone: 'danger' }),
  diversion('transfer', { tone: 'danger' }),
  diversion('terminate', { tone: 'danger' }),
  diversion('propose_void', { tone: 'danger', goes_on: true }),
]

/** What each asks for before its reason. */
export const FIELDS: Readonly<Record<DiversionKey, readonly FieldKey[]>> = {
  start_special_procedure: ['procedure', 'planned_end'],
  end_special_procedure: [],
  extend: ['days'],
  suspend: ['ground', 'basis'],
  resume: [],
  return_unsupplied: [],
  terminate: ['ground'],
  report_up: ['organ'],
  transfer: ['organ'],
  propose_void: [],
  void: [],
  reject_void: [],
}

export const GROUNDS = {
  suspend: ['court', 'investigation', 'missing_input'],
  terminate: ['applicant_gone', 'object_gone', 'fee_unpaid'],
} as const

export const isDiversion = (action: Action): action is Diversion => action.key in FIELDS

export interface OfferedDiversion {
  action: Diversion
  allowed: boolean
  reason: string | null
}

/** Answers to a proposal; the server may refuse them for the post before it misses the proposal. */
const ANSWERS = new Set<DiversionKey>(['void', 'reject_void'])

/** Words that stay in the office. */
export const isOfficeOnly = ({ key }: Diversion) => key === 'propose_void' || key === 'reject_void'

export function diversionsOf({ commands, void: proposal }: Pick<CaseView, 'commands' | 'void'>): OfferedDiversion[] {
  return DIVERSIONS.flatMap((action) => {
    const told = commands.find((one) => one.command === action.command)
    if (!told || isIdle(told) || (ANSWERS.has(action.key) && !proposal)) return []
    return [{ action, allowed: told.allowed, reason: told.reason }]
  })
}

export type Draft = Record<FieldKey | 'text', string>

/** The end that the item plans for a kind; nothing where the calendar does not reach. */
export const plannedEnd = (view: Pick<CaseView, 'procedures'>, kind: string) =>
  view.procedures.find((one) => one.kind === kind)?.until ?? ''

/** A fresh form: what can be only one thing stands there already. */
export function blankDraft(view: Pick<CaseView, 'procedures' | 'void'>, key?: DiversionKey): Draft {
  const [only, second] = view.procedures
  const procedure = only && !second ? only.kind : ''
  const text = key === 'void' ? (view.void?.reason ?? '') : ''
  return { procedure, planned_end: plannedEnd(view, procedure), days: '', ground: '', basis: '', organ: '', text }
}

type Bounds = Pick<CaseView, 'longest_extension'> & { today: string }

/** What is missing or impossible, by field. The server judges the rest. */
export function faultsOf(action: Diversion, draft: Draft, { longest_extension: max, today }: Bounds): Partial<Draft> {
  const faults: Partial<Draft> = {}
  for (const field of [...FIELDS[action.key], 'text'] as const) {
    if (draft[field].trim() === '') {
      const what = labelOf(action, field)
      faults[field] = field === 'procedure' || field === 'ground' ? t('divert.choose', { what }) : t('reason.required', { what })
    } else if (field === 'planned_end' && draft.planned_end < today) {
      faults.planned_end = t('divert.planned_end_past')
    } else if (field === 'days' && !(/^\d{1,3}$/.test(draft.days.trim()) && Number(draft.days) >= 1 && Number(draft.days) <= max)) {
      faults.days = t('divert.days_bad', { max })
    }
  }
  return faults
}

export function labelOf({ key }: Diversion, field: FieldKey | 'text'): string {
  if (field === 'text') return t(`divert.text.${key}`)
  if (field === 'ground') return t(key === 'suspend' ? 'divert.ground_of.suspend' : 'divert.ground_of.terminate')
  if (field === 'organ') return t(key === 'report_up' ? 'divert.organ_of.report_up' : 'divert.organ_of.transfer')
  return t(`divert.${field}`)
}

export function diversionBody(action: Diversion, draft: Draft): object {
  const fields = FIELDS[action.key].map((field) => [field, field === 'days' ? Number(draft.days) : draft[field].trim()])
  return { ...Object.fromEntries(fields), [action.key === 'end_special_procedure' ? 'finding' : 'reason']: draft.text.trim() }
}
