/** Pure rules of the desk: filters in the address, actions by right, the draft of a notice, checks. */
import type { LocationQuery } from 'vue-router'
import { date, remaining } from '@/core/format'
import type { FormDocument } from '@/form/document'
import { placeName, trailOf } from '@/form/trail'
import type { CaseClock, CaseCommand, CaseEntry, CaseMaterial, CaseQuery, CaseRow, CaseStep, CaseView, Counts, Light, Original } from './api'
import { word as opinionWord } from '@/features/opinion/text'
import { t, word } from './text'

export const LIGHTS: readonly Light[] = ['purple', 'red', 'yellow', 'green', 'grey']

/** In the order of a case's life. */
export const STATES = [
  'submitted', 'pre_review_returned', 'awaiting_originals', 'received', 'correcting', 'accepted', 'examining',
  'special_procedure', 'suspended', 'decided', 'closed', 'delivered', 'not_accepted', 'refused', 'returned',
  'withdrawn', 'terminated', 'transferred', 'reported_up', 'voided',
] as const

/** States in which somebody of the office has to do something. */
export const TODO = ['submitted', 'awaiting_originals', 'received', 'examining', 'special_procedure', 'suspended', 'decided', 'closed'] as const

const single = (value: LocationQuery[string] | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)

/** What fees may wait for, as the list is filtered by it. */
export const FEES = ['unpaid', 'request', 'refund'] as const

/** Filters as the address says them; what the server does not know is left out. */
export function queryOf(address: LocationQuery, todo: boolean): CaseQuery {
  const [light, state] = [single(address.light), single(address.state)]
  const known: readonly string[] = todo ? TODO : STATES
  return {
    q: single(address.q),
    state: known.find((one) => one === state),
    todo: todo || undefined,
    light: LIGHTS.find((one) => one === light),
    mine: address.only === 'mine' || undefined,
    withdrawal: address.only === 'withdrawal' || undefined,
    mentioned: address.only === 'mentioned' || undefined,
    supervised: address.only === 'supervised' || undefined,
    letter: address.only === 'letter' || undefined,
    fee: FEES.find((one) => address.only === `fee_${one}`),
    handler: single(address.handler),
    label: single(address.label),
    sort: ['newest', 'oldest'].find((one) => one === address.sort),
  }
}

const FILTERS = ['q', 'state', 'light', 'only', 'label', 'handler']
export const hasFilter = (address: LocationQuery) => FILTERS.some((name) => single(address[name]) !== undefined)

export const totalOf = (counts: Counts | undefined) =>
  counts && Object.values(counts.states).reduce((sum, n) => sum + n, 0)

/** The row after (or before) the one named; `undefined` at the ends. */
export function neighbour<T extends { id: string }>(rows: readonly T[], id: string | undefined, by: 1 | -1): T | undefined {
  const at = rows.findIndex((row) => row.id === id)
  if (at < 0) return by === 1 ? rows[0] : undefined
  return rows[at + by]
}

export type DiversionKey =
  | 'start_special_procedure' | 'end_special_procedure' | 'extend' | 'suspend' | 'resume' | 'terminate' | 'report_up' | 'transfer'
  | 'take_back_parcel' | 'handle_externally' | 'hand_over' | 'propose_void' | 'void' | 'reject_void' | 'return_unsupplied'
  | 'check_commitment' | 'order_rectification' | 'propose_revocation' | 'revoke_decision' | 'keep_decision'

export type ActionKey =
  | DiversionKey
  | 'receive' | 'pass_pre_review' | 'verify_originals' | 'return_for_review' | 'accept' | 'refuse' | 'request_correction' | 'step_pass' | 'step_return'
  | 'decide_granted' | 'decide_denied' | 'close' | 'dispatch' | 'deliver' | 'withdrawal_granted' | 'withdrawal_rejected'

export interface Action {
  key: ActionKey
  /** The server's word for it, as it stands in the list of commands. */
  command: string
  /** Last part of the address. */
  path: string
  tone: 'main' | 'plain' | 'danger'
  /** What has to be said: nothing, an opinion if one likes, a reason by law, the notice. */
  words: 'none' | 'opinion' | 'reason' | 'notice'
  /** Afterwards the case is still in hand: it stays open, with the notes about it. */
  goes_on?: true
}

/** In the order in which they are offered; the first `main` one that is allowed is the primary action. */
export const ACTIONS: readonly Action[] = [
  { key: 'withdrawal_granted', command: 'answer_withdrawal', path: 'answer-withdrawal', tone: 'main', words: 'opinion' },
  { key: 'receive', command: 'receive', path: 'receive', tone: 'main', words: 'none' },
  { key: 'pass_pre_review', command: 'pass_pre_review', path: 'pass-pre-review', tone: 'main', words: 'none' },
  // The applicant stands at the counter: acceptance may follow at once.
  { key: 'verify_originals', command: 'verify_originals', path: 'verify-originals', tone: 'main', words: 'none', goes_on: true },
  { key: 'accept', command: 'accept', path: 'accept', tone: 'main', words: 'none' },
  { key: 'step_pass', command: 'step', path: 'step', tone: 'main', words: 'opinion' },
  { key: 'decide_granted', command: 'decide', path: 'decide', tone: 'main', words: 'opinion' },
  { key: 'close', command: 'close', path: 'close', tone: 'main', words: 'none' },
  { key: 'deliver', command: 'deliver', path: 'deliver', tone: 'main', words: 'none' },
  // What was sent stays in hand until it has come.
  { key: 'dispatch', command: 'dispatch', path: 'dispatch', tone: 'main', words: 'none', goes_on: true },
  { key: 'return_for_review', command: 'return_for_review', path: 'return-for-review', tone: 'plain', words: 'notice' },
  { key: 'request_correction', command: 'request_correction', path: 'request-correction', tone: 'plain', words: 'notice' },
  { key: 'step_return', command: 'step', path: 'step', tone: 'danger', words: 'reason' },
  { key: 'withdrawal_rejected', command: 'answer_withdrawal', path: 'answer-withdrawal', tone: 'danger', words: 'reason' },
  { key: 'refuse', command: 'refuse', path: 'refuse', tone: 'danger', words: 'reason' },
  { key: 'decide_denied', command: 'decide', path: 'decide', tone: 'danger', words: 'reason' },
]

export interface Offer {
  primary: Action | undefined
  others: Action[]
  dangers: Action[]
  blocked: { command: string; reason: string | null }[]
}

/** Why it is shut is of no use where the case stands elsewhere, where it is the task of others, or where another action takes its place. */
const IDLE: ReadonlySet<string | null> = new Set([
  'approval.wrong_state', 'approval.not_yours', 'approval.no_originals_wanted', 'approval.originals_wanted', 'approval.void_not_proposed',
  'approval.void_proposed', 'approval.nothing_owed', 'approval.no_commitment', 'approval.check_not_open', 'approval.no_revocation_proposed',
  'approval.handled_here', 'approval.courier_not_chosen', 'approval.nothing_dispatched',
])
export const isIdle = (one: Pick<CaseCommand, 'allowed' | 'code'>) => !one.allowed && IDLE.has(one.code)

/** What can be done now. With marks for correction the notice comes first, not the acceptance; `first` goes before the order of a case's life. */
export function offerOf(commands: readonly CaseCommand[], toFix: number, first?: ActionKey): Offer {
  const allowed = new Set(commands.filter((one) => one.allowed).map((one) => one.command))
  const can = ACTIONS.filter((action) => allowed.has(action.command))
  const notice = can.find((action) => action.words === 'notice')
  const main = can.find((action) => action.key === first) ?? can.find((action) => action.tone === 'main')
  const primary = toFix > 0 && notice ? notice : main
  const rest = can.filter((action) => action !== primary)
  return {
    primary,
    others: rest.filter((action) => action.tone !== 'danger'),
    dangers: rest.filter((action) => action.tone === 'danger'),
    blocked: commands.filter((one) => !one.allowed && !isIdle(one) && ACTIONS.some((action) => action.command === one.command)),
  }
}

export interface Words {
  text: string
  kind: string
  fields: string[]
  materials: string[]
}

/** The body of a command but for the version, as foundations.md fixes it. */
export function bodyOf(action: Action, words: Words): object {
  const { text, fields, materials } = words
  switch (action.key) {
    case 'return_for_review':
    case 'request_correction':
      return { fields, materials, reason: text }
    case 'refuse':
      return { kind: words.kind, reason: text }
    case 'step_pass':
      return { outcome: 'pass', opinion: text }
    case 'step_return':
      return { outcome: 'return', opinion: text }
    case 'decide_granted':
      return { result: 'granted', reason: text }
    case 'decide_denied':
      return { result: 'denied', reason: text }
    case 'withdrawal_granted':
      return { granted: true, reason: text }
    case 'withdrawal_rejected':
      return { granted: false, reason: text }
    default:
      return {}
  }
}

/** Names of the originals that are not ticked yet. */
export function uncompared(originals: readonly Original[], ticked: readonly string[]): string {
  return originals.filter((one) => !ticked.includes(one.requirement_id)).map((one) => one.name).join(t('separator'))
}

export interface Mark {
  verdict: 'ok' | 'fix'
  note: string
}

/** Marks by JSON Pointer (fields) and requirement id (materials). */
export type Marks = Record<string, Mark>

const isField = (place: string) => place.startsWith('/')

/** Id of the line that says what is wrong with a place. */
export const noteId = (place: string) => `note-${place}`

/** Marked for correction without a word on what is wrong: the applicant would not know what to do. */
export function unexplained(marks: Marks): string | undefined {
  return Object.keys(marks).find((place) => marks[place]?.verdict === 'fix' && marks[place].note.trim() === '')
}

/** A quick phrase set behind what has been written already. */
export function withPhrase(note: string, phrase: string): string {
  if (note.includes(phrase)) return note
  return note.trim() === '' ? phrase : t('mark.joined', { note: note.replace(/[\s，,；;。.]+$/, ''), phrase })
}

export function placesToFix(marks: Marks): { fields: string[]; materials: string[] } {
  const places = Object.keys(marks).filter((place) => marks[place]?.verdict === 'fix')
  return { fields: places.filter(isField), materials: places.filter((place) => !isField(place)) }
}

/** What a place is called: the field's label with its row, or the material's name. */
export function nameOf(place: string, document: FormDocument | null, materials: readonly CaseMaterial[]): string {
  if (!isField(place)) return materials.find((one) => one.requirement_id === place)?.name ?? place
  return (document && placeName(document, place)) ?? place
}

/** The one-time notice as the marks make it: what is wrong, one by one. Address, term and law stand in the paper around it. */
export function noticeOf(view: Pick<CaseView, 'form' | 'materials'>, marks: Marks): string {
  const { fields, materials } = placesToFix(marks)
  const places = [...fields, ...materials]
  if (places.length === 0) return ''
  const lines = places.map((place, at) => {
    const what = nameOf(place, view.form, view.materials)
    const note = marks[place]?.note.trim() ?? ''
    const n = at + 1
    return note === '' ? t('notice.line_plain', { n, what }) : t('notice.line', { n, what, note: note.replace(/[。；;.]+$/, '') })
  })
  return lines.join('\n')
}

/** What nobody has to hand in, nobody can hand in again. */
export const isMarkable = (material: Pick<CaseMaterial, 'waived'>) => !material.waived

/** Everything that can be marked: shown fields (rows of a group one by one) and materials that are asked for. */
export function placesOf(shown: ReadonlySet<string>, document: FormDocument | null, materials: readonly CaseMaterial[]): string[] {
  const isGroup = (path: string) => document !== null && trailOf(document, path)?.field.kind === 'repeat'
  return [...[...shown].filter((path) => !isGroup(path)), ...materials.filter(isMarkable).map((one) => one.requirement_id)]
}

/** While masked only the ending of a file's name is told: the material lends its name. */
export function fileName(material: CaseMaterial, file: CaseMaterial['files'][number]): string {
  const bare = /^[*.]*([A-Za-z0-9]{1,5})$/.exec(file.file_name)
  if (!bare) return file.file_name
  const at = material.files.findIndex((one) => one.id === file.id)
  return `${material.name}${material.files.length > 1 ? ` ${at + 1}` : ''}.${bare[1] ?? ''}`
}

/** How a clock ended: the day, how it ended, and how it then stood to its term. Nothing while it runs. */
export function stoppedOf(clock: CaseClock, view: Pick<CaseView, 'result' | 'moments'>): string | undefined {
  const own = clock.kind !== 'applicant' && clock.kind !== 'delivery'
  const day = clock.stopped_on ?? (own ? view.moments.decided_at : null)
  if (!day) return undefined
  const words = t(view.result ? 'clocks.decided' : 'clocks.ended', { date: date(day) })
  // What remains is counted from that day only where the server tells the day.
  const left = clock.stopped_on ? clock.remaining_working_days : null
  if (clock.kind !== 'promised' || left === null || left === 0) return words
  return left > 0 ? t('clocks.early', { words, n: left }) : t('clocks.late', { words, n: -left })
}

/** What is left beside a row. Without a light only the delivery runs: it says so. */
export function leftOf(row: Pick<CaseRow, 'light' | 'remaining_working_days'> & { due_kind?: string | null }): string | undefined {
  if (row.remaining_working_days === null) return undefined
  const left = remaining(row.remaining_working_days)
  // The term is paused in a special procedure: what is left is left of that, not of the term.
  if (row.light && row.due_kind !== 'procedure') return left
  return row.due_kind ? t('clocks.left_of', { clock: word('clock', row.due_kind), left }) : undefined
}

/** Where it stands, in words. Closed without a result there is nothing to deliver: its correction lapsed. */
export const standingOf = ({ state, result }: Pick<CaseRow, 'state' | 'result'>) =>
  state === 'closed' && !result ? t('lapsed') : word('state', state)

/** What happened, in words. */
export function entryTitle(entry: CaseEntry): string {
  const words = [word('event', entry.kind)]
  for (const what of [entry.step, entry.procedure, entry.organ]) if (what) words.push(what)
  if (entry.consulted) words.push(entry.consulted)
  if (entry.stance) words.push(opinionWord('stance', entry.stance))
  if (entry.result) words.push(word('result', entry.result))
  if (entry.way) words.push(word('way', entry.way))
  if (entry.relayed) words.push(entry.relayed.number)
  if (entry.ground) words.push(word('divert.grounds', entry.ground))
  if (entry.extension) words.push(t('process.extension', { term: entry.extension }))
  return words.join(' · ')
}

/** Who comes next if the case goes on. */
export function nextOf(steps: readonly CaseStep[], primary: Action | undefined): CaseStep | 'decide' | 'applicant' | 'originals' | 'end' | undefined {
  if (!primary) return undefined
  if (primary.words === 'notice') return 'applicant'
  if (primary.key === 'pass_pre_review') return 'originals'
  if (primary.key === 'accept') return steps[0] ?? 'decide'
  if (primary.key === 'step_pass') return steps[steps.findIndex((step) => step.status === 'current') + 1] ?? 'decide'
  if (primary.key === 'deliver' || primary.key === 'withdrawal_granted') return 'end'
  return undefined
}
