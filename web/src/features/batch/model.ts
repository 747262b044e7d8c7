/** Pure rules of batches: which actions there are, what each has to say, how a batch stands. */
import { ACTIONS, type Action } from '@/features/case/model'
import { DIVERSIONS } from '@/features/case/diversions'
import type { CaseQuery } from '@/features/case/api'
import type { Batch, BatchOptions, BatchState, Pick, RowState } from './api'
import { t } from './text'

/** Commands that the server takes for many cases at once. */
const COMMANDS: ReadonlySet<string> = new Set([
  'receive', 'pass_pre_review', 'accept', 'refuse', 'step', 'extend', 'resume', 'decide', 'close', 'deliver', 'answer_withdrawal', 'hand_over',
])

/** In the order in which they are offered. */
export const BATCH_ACTIONS: readonly Action[] = [...ACTIONS, ...DIVERSIONS].filter((action) => COMMANDS.has(action.command))

export interface Offered {
  action: Action
  possible: number
  impossible: number
}

/** What can be done with a choice of cases, what most of them can take first. */
export function offeredOf(options: BatchOptions | undefined): Offered[] {
  const offered = BATCH_ACTIONS.flatMap((action) => {
    const told = options?.commands.find((one) => one.command === action.command)
    return told ? [{ action, possible: told.possible, impossible: told.impossible }] : []
  })
  const rank = (one: Offered) => (one.action.tone === 'danger' ? 1 : 0)
  return offered.toSorted((a, b) => rank(a) - rank(b) || b.possible - a.possible)
}

/** Everything that the list shows under its filter. */
export const pickAll = ({ state, light, q, todo, mine, handler, withdrawal, label, mentioned, supervised, letter, fee }: CaseQuery): Pick => ({
  by: 'filter', state: state ?? null, light: light ?? null, q: q ?? null, label: label ?? null, handler: handler ?? null,
  todo: todo ?? false, mine: mine ?? false, withdrawal: withdrawal ?? false, mentioned: mentioned ?? false, supervised: supervised ?? false, letter: letter ?? false, fee: fee ?? null,
})

/** What is said with a command, as the server takes it. */
export interface BatchWords {
  reason?: string
  kind?: string
  outcome?: string
  result?: string
  way?: string
  granted?: boolean
  days?: number
  successor?: { id: string }
}

export interface Draft {
  text: string
  kind: string
  way: string
  days: string
  to: string
}

export const blankDraft = (): Draft => ({ text: '', kind: '', way: 'online', days: '', to: '' })

/** What is missing, by field. The server judges the rest. */
export function faultsOf(action: Action, draft: Draft): Partial<Draft> {
  const faults: Partial<Draft> = {}
  if (action.words === 'reason' && draft.text.trim() === '') faults.text = t('fault.reason')
  if (action.key === 'refuse' && draft.kind === '') faults.kind = t('fault.kind')
  if (action.key === 'extend' && !/^([1-9]|10)$/.test(draft.days.trim())) faults.days = t('fault.days')
  if (action.key === 'hand_over' && draft.to === '') faults.to = t('fault.to')
  return faults
}

/** What is said with the command, as the server takes it. */
export function wordsOf(action: Action, draft: Draft): BatchWords {
  const reason = draft.text.trim()
  switch (action.key) {
    case 'refuse':
      return { reason, kind: draft.kind }
    case 'step_pass':
      return { reason, outcome: 'pass' }
    case 'step_return':
      return { reason, outcome: 'return' }
    case 'decide_granted':
      return { reason, result: 'granted' }
    case 'decide_denied':
      return { reason, result: 'denied' }
    case 'deliver':
      return { way: draft.way }
    case 'withdrawal_granted':
      return { reason, granted: true }
    case 'withdrawal_rejected':
      return { reason, granted: false }
    case 'extend':
      return { reason, days: Number(draft.days) }
    case 'hand_over':
      return { reason, successor: { id: draft.to } }
    default:
      return reason === '' ? {} : { reason }
  }
}

/** The action that a batch gives, by its command and words. */
export function actionOf({ command, words }: { command: string; words: Batch['words'] }): Action | undefined {
  const same = BATCH_ACTIONS.filter((action) => action.command === command)
  return same.find((action) => {
    const own = wordsOf(action, { text: '-', kind: '', way: '', days: '1', to: '' })
    return (own.outcome ?? null) === (words.outcome ?? null) && (own.result ?? null) === (words.result ?? null) && (own.granted ?? null) === (words.granted ?? null)
  }) ?? same[0]
}

export const ROW_STATES: readonly RowState[] = ['ready', 'done', 'refused', 'barred', 'skipped']
export const isUnderWay = (state: BatchState) => state === 'running' || state === 'stopping'
export const isOver = (state: BatchState) => state === 'finished' || state === 'stopped' || state === 'revoked'

/** Where a batch stands in a word: a draft that no row of passed its trial waits for nobody. */
export function standingOf({ state, counts }: { state: BatchState; counts: Batch['counts'] }): { word: string; tone: (typeof STATE_TONES)[BatchState] } {
  return state === 'draft' && (counts['ready'] ?? 0) === 0
    ? { word: t('state_void'), tone: 'neutral' }
    : { word: t(`state.${state}`), tone: STATE_TONES[state] }
}

/** Rows that have their result, of those that were to be done. */
export function progressOf({ counts, total }: { counts: Batch['counts']; total: number }): { settled: number; of: number } {
  const of = total - (counts['barred'] ?? 0)
  return { settled: of - (counts['ready'] ?? 0), of }
}

export const TONES = { ready: 'neutral', done: 'ok', refused: 'bad', barred: 'warn', skipped: 'neutral' } as const
export const STATE_TONES = {
  draft: 'neutral', scheduled: 'warn', running: 'brand', stopping: 'warn', finished: 'ok', stopped: 'warn', revoked: 'neutral',
} as const

/** Seconds as minutes and seconds. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** Bytes in Base64, in pieces that a call can take. */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

/** The largest list: ten thousand numbers with room for other columns. */
export const MOST_BYTES = 700 * 1024
