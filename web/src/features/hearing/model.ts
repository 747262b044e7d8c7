/** What can be said of hearings without the server. */
import type { CaseView } from '@/features/case/api'
import { t } from './text'
import type { Hearing, Person } from './api'

/** Same bounds as the server. */
export const BOUNDS = { persons: 50, name: 200, words: 2000 } as const

/** In the order in which they are offered: what leads on, telling anew, giving up. */
export const STEPS = ['ask_hearing', 'call_hearing', 'hold_hearing', 'tell_hearing_right', 'waive_hearing'] as const
export type Step = (typeof STEPS)[number]

/** States in which a hearing can be offered. */
const STATES: ReadonlySet<string> = new Set(['examining', 'special_procedure', 'suspended'])

export const mayHear = (view: Pick<CaseView, 'state' | 'hearing'>) => view.hearing !== null || STATES.has(view.state)

export const allowedSteps = (view: Pick<CaseView, 'commands'>): Step[] =>
  STEPS.filter((step) => view.commands.some((one) => one.command === step && one.allowed))

export const blankPerson = (): Person => ({ name: '', contact: '', interest: '' })

/** The value of the applicant among those who ask. */
export const APPLICANT = 'applicant'

/** The applicant and the interested persons, with number and contact: names that are masked look alike. */
export function askersOf(hearing: Hearing, has: (asked: boolean) => boolean) {
  const asked = new Set(hearing.asked.map((one) => placeOf(one.person)))
  const all = [
    { value: APPLICANT, label: t('applicant') },
    ...hearing.persons.map((one, at) => ({ value: String(at), label: t('numbered', { n: at + 1, name: one.name, contact: one.contact }) })),
  ]
  return all.filter((one) => has(asked.has(one.value)))
}

export const placeOf = (person: number | null | undefined) => (person === null || person === undefined ? APPLICANT : String(person))
export const personOf = (place: string) => (place === APPLICANT ? null : Number(place))

/** What is wrong about a day that is entered; days compare as they are written. */
export function dayFault(day: string, first: string, last: string): string | undefined {
  if (day === '') return t('needed')
  return day < first || day > last ? t('day_wrong', { first, last }) : undefined
}

/** Whether the days for asking last, so that those who were told stay told. */
export const isToldOpen = (hearing: Pick<Hearing, 'stage' | 'unasked'> | null | undefined) => hearing?.stage === 'told' && !hearing.unasked

/** The persons that are filled in; nothing where one is half filled in, or none although somebody is to be named. */
export function personsOf(rows: readonly Person[], mayBeNone = false): Person[] | undefined {
  const filled = rows.filter((row) => [row.name, row.contact, row.interest ?? ''].some((text) => text.trim() !== ''))
  const whole = filled.every((row) => row.name.trim() !== '' && row.contact.trim() !== '')
  return (filled.length > 0 || mayBeNone) && whole ? filled.map((row) => ({ name: row.name.trim(), contact: row.contact.trim(), interest: (row.interest ?? '').trim() })) : undefined
}

/** The moment of a day and a time of the office, wherever the browser stands. */
export function momentOf(day: string, time: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return undefined
  const at = new Date(`${day}T${time}:00+08:00`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
