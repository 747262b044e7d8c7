/** What the dialogs ask for each command, and how the answers are sent. */
import type { LocationQuery } from 'vue-router'
import type { Task, TaskEntry, TaskQuery } from './api'

export type CommandKey = 'contact' | 'rectify' | 'call_back' | 'appeal' | 'decide_appeal'

type FieldLabel = 'way' | 'reached' | 'words_contact' | 'findings' | 'measures' | 'result' | 'level' | 'words_call' | 'ground' | 'words_appeal' | 'upheld' | 'words_decide'

export interface Field {
  /** Name in the body. */
  name: string
  label: FieldLabel
  kind: 'choice' | 'text'
  /** Of a choice. */
  options?: readonly string[]
  required: boolean
}

const text = (name: string, label: FieldLabel, required = true): Field => ({ name, label, kind: 'text', required })
const choice = (name: string, label: FieldLabel, options: readonly string[]): Field => ({ name, label, kind: 'choice', options, required: true })

export const FIELDS: Record<CommandKey, readonly Field[]> = {
  contact: [choice('way', 'way', ['phone', 'visit', 'message']), choice('reached', 'reached', ['yes', 'no']), text('words', 'words_contact', false)],
  rectify: [text('findings', 'findings'), text('measures', 'measures'), text('result', 'result')],
  call_back: [choice('level', 'level', ['5', '4', '3', '2', '1', 'unreached']), text('words', 'words_call', false)],
  appeal: [choice('ground', 'ground', ['malicious', 'wrong_object', 'mistaken', 'not_service']), text('words', 'words_appeal')],
  decide_appeal: [choice('upheld', 'upheld', ['yes', 'no']), text('words', 'words_decide')],
}

export const COMMANDS = Object.keys(FIELDS) as CommandKey[]

/** Last part of the address. */
export const pathOf = (command: CommandKey) => command.replace('_', '-')

/** The fields that lack an answer. */
export function missing(command: CommandKey, answers: Record<string, string>): Field[] {
  return FIELDS[command].filter((field) => field.required && (answers[field.name] ?? '').trim() === '')
}

/** What is sent: yes and no as truth, a level as a number, or none where nobody answered the call. */
export function bodyOf(command: CommandKey, answers: Record<string, string>): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const { name } of FIELDS[command]) {
    const value = (answers[name] ?? '').trim()
    if (name === 'reached' || name === 'upheld') body[name] = value === 'yes'
    else if (name === 'level') body[name] = value === 'unreached' ? null : Number(value)
    else body[name] = value
  }
  return body
}

/** Commands that the caller may do, and for those that are his but shut, why. */
export function offered(task: Task): { open: CommandKey[]; shut: string[] } {
  const hidden = new Set(['interaction.wrong_state', 'interaction.not_yours', 'interaction.no_appeal', 'interaction.appealed_before'])
  const of = (key: CommandKey) => task.commands.find((one) => one.command === key)
  return {
    open: COMMANDS.filter((key) => of(key)?.allowed),
    shut: COMMANDS.flatMap((key) => {
      const one = of(key)
      return one && !one.allowed && one.reason && !hidden.has(one.code ?? '') ? [one.reason] : []
    }),
  }
}

/** The word for an entry, which says how it ended. */
export function eventWord(entry: TaskEntry): string {
  if (entry.kind === 'contacted' && entry.reached === false) return 'attempted'
  if (entry.kind === 'called_back' && entry.reached === false) return 'unreached'
  if (entry.kind === 'appeal_decided') return entry.upheld ? 'appeal_upheld' : 'appeal_rejected'
  if (entry.kind === 'escalated') return `escalated_${entry.escalation}`
  return entry.kind
}

export const SHOWS = ['running', 'open', 'contacted', 'rectified', 'appealed', 'closed', 'excluded'] as const
export type Show = (typeof SHOWS)[number]

const single = (value: LocationQuery[string] | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)

/** The list that an address asks for. */
export function queryOf(address: LocationQuery): TaskQuery & { show: Show } {
  const show = SHOWS.find((one) => one === address.show) ?? 'running'
  return {
    show,
    state: show === 'running' || show === 'appealed' ? undefined : show,
    appealed: show === 'appealed' || undefined,
    light: single(address.light),
    q: single(address.q),
  }
}

/** Words that wait for a reader, of a case or of an office as a whole. */
export interface ReviewableWords {
  id: string
  level: number
  words: string
  proposal: string
  /** What they are about. */
  about: string
  at: string
  review: (key: string, publish: boolean, words: string) => Promise<unknown>
}
