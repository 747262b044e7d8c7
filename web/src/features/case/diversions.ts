/** What leads a case off its straight way: which actions are offered, what each asks for and sends. */
import type { CaseView } from './api'
import { isIdle, type Action, type DiversionKey } from './model'
import { t } from './text'

export type Diversion = Action & { key: DiversionKey }
export type FieldKey = 'procedure' | 'planned_end' | 'days' | 'ground' | 'basis' | 'organ' | 'method' | 'mend_by' | 'answer_days' | 'bar_months' | 'successor_id' | 'number'

const diversion = (key: DiversionKey, more: Partial<Action> = {}): Diversion => ({
  tone: 'plain', words: 'reason', ...more, key, command: key, path: key.replaceAll('_', '-'),
})

/** In the order in which they are offered: what waits for an answer, the way back, the ends last. */
export const DIVERSIONS: readonly Diversion[] = [
  diversion('void', { tone: 'danger' }),
  diversion('reject_void', { goes_on: true }),
  diversion('end_special_procedure', { tone: 'main', goes_on: true }),
  diversion('resume', { tone: 'main', goes_on: true }),
  diversion('check_commitment', { tone: 'main', goes_on: true }),
  diversion('order_rectification', { goes_on: true }),
  diversion('propose_revocation', { tone: 'danger', goes_on: true }),
  diversion('revoke_decision', { tone: 'danger', goes_on: true }),
  diversion('keep_decision', { goes_on: true }),
  diversion('start_special_procedure', { goes_on: true }),
  diversion('extend', { goes_on: true }),
  diversion('suspend', { goes_on: true }),
  diversion('take_back_parcel', { goes_on: true }),
  diversion('handle_externally', { goes_on: true }),
  diversion('hand_over', { goes_on: true }),
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
  check_commitment: ['method'],
  order_rectification: ['method', 'mend_by'],
  propose_revocation: ['basis', 'answer_days'],
  revoke_decision: ['bar_months'],
  keep_decision: [],
  take_back_parcel: [],
  handle_externally: ['organ', 'number'],
  hand_over: ['successor_id'],
  propose_void: [],
  void: [],
  reject_void: [],
}

export const GROUNDS = {
  suspend: ['court', 'investigation', 'missing_input'],
  terminate: ['applicant_gone', 'object_gone', 'fee_unpaid'],
} as const

/** Fields that are whole numbers, with the bounds that the server sets; those of an extension the case tells. */
const NUMBERS: Partial<Record<FieldKey, readonly [number, number | undefined]>> = { days: [1, undefined], answer_days: [5, 60], bar_months: [1, 60] }

export const isDiversion = (action: Action): action is Diversion => action.key in FIELDS

export interface OfferedDiversion {
  action: Diversion
  allowed: boolean
  reason: string | null
}

/** Answers to a proposal; the server may refuse them for the post before it misses the proposal. */
const ANSWERS = new Set<DiversionKey>(['void', 'reject_void'])

const OFFICE_ONLY = new Set<DiversionKey>(['propose_void', 'reject_void', 'hand_over'])
/** Words that stay in the office. */
export const isOfficeOnly = ({ key }: Diversion) => OFFICE_ONLY.has(key)

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
export function blankDraft(view: Pick<CaseView, 'procedures' | 'void'> & Partial<Pick<CaseView, 'commitment'>>, key?: DiversionKey): Draft {
  const [only, second] = view.procedures
  const procedure = only && !second ? only.kind : ''
  const text = key === 'void' ? (view.void?.reason ?? '') : ''
  return { procedure, planned_end: plannedEnd(view, procedure), days: '', ground: '', basis: '', organ: '', method: view.commitment?.method ?? '', mend_by: '', answer_days: '10', bar_months: '24', successor_id: '', number: '', text }
}

type Bounds = Pick<CaseView, 'longest_extension'> & { today: string }

const CHOSEN = new Set<FieldKey | 'text'>(['procedure', 'ground', 'successor_id'])

/** What is missing or impossible, by field. The server judges the rest. */
export function faultsOf(action: Diversion, draft: Draft, { longest_extension: max, today }: Bounds): Partial<Draft> {
  const faults: Partial<Draft> = {}
  for (const field of [...FIELDS[action.key], 'text'] as const) {
    if (draft[field].trim() === '') {
      const what = labelOf(action, field)
      faults[field] = CHOSEN.has(field) ? t('divert.choose', { what }) : t('reason.required', { what })
    } else if (field === 'planned_end' && draft.planned_end < today) {
      faults.planned_end = t('divert.planned_end_past')
    } else if (field === 'mend_by' && draft.mend_by <= today) {
      faults.mend_by = t('divert.mend_by_past')
    } else {
      const bounds = NUMBERS[field as FieldKey]
      if (!bounds) continue
      const [least, most] = [bounds[0], bounds[1] ?? max]
      const isGood = /^\d{1,3}$/.test(draft[field].trim()) && Number(draft[field]) >= least && Number(draft[field]) <= most
      if (!isGood) faults[field] = t('divert.days_bad', { min: least, max: most })
    }
  }
  return faults
}

export function labelOf({ key }: Diversion, field: FieldKey | 'text'): string {
  if (field === 'text') return t(`divert.text.${key}`)
  if (field === 'ground') return t(key === 'suspend' ? 'divert.ground_of.suspend' : 'divert.ground_of.terminate')
  if (field === 'organ') return t(key === 'report_up' || key === 'handle_externally' ? `divert.organ_of.${key}` : 'divert.organ_of.transfer')
  return t(`divert.${field}`)
}

export function diversionBody(action: Diversion, draft: Draft): object {
  const fields = FIELDS[action.key].map((field) => [field, field in NUMBERS ? Number(draft[field]) : draft[field].trim()])
  return { ...Object.fromEntries(fields), [action.key === 'end_special_procedure' ? 'finding' : 'reason']: draft.text.trim() }
}
