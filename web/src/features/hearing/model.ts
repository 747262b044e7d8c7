/** What can be said of hearings without the server. */
import type { CaseView } from '@/features/case/api'
import type { Person } from './api'

/** Same bounds as the server. */
export const BOUNDS = { persons: 50, name: 200, words: 2000 } as const

/** In the order in which they are offered: giving up comes last. */
export const STEPS = ['tell_hearing_right', 'ask_hearing', 'call_hearing', 'hold_hearing', 'waive_hearing'] as const
export type Step = (typeof STEPS)[number]

/** States in which a hearing can be offered. */
const STATES: ReadonlySet<string> = new Set(['examining', 'special_procedure', 'suspended'])

export const mayHear = (view: Pick<CaseView, 'state' | 'hearing'>) => view.hearing !== null || STATES.has(view.state)

export const allowedSteps = (view: Pick<CaseView, 'commands'>): Step[] =>
  STEPS.filter((step) => view.commands.some((one) => one.command === step && one.allowed))

export const blankPerson = (): Person => ({ name: '', contact: '', interest: '' })

/** The persons that are filled in; nothing where one is half filled in. */
export function personsOf(rows: readonly Person[]): Person[] | undefined {
  const filled = rows.filter((row) => [row.name, row.contact, row.interest ?? ''].some((text) => text.trim() !== ''))
  const whole = filled.every((row) => row.name.trim() !== '' && row.contact.trim() !== '')
  return filled.length > 0 && whole ? filled.map((row) => ({ name: row.name.trim(), contact: row.contact.trim(), interest: (row.interest ?? '').trim() })) : undefined
}

/** The moment of a day and a time of the office, wherever the browser stands. */
export function momentOf(day: string, time: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return undefined
  const at = new Date(`${day}T${time}:00+08:00`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
