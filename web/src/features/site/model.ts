/** A place as a form: numbers as they are typed, empty times for a half day that is closed. */
import type { Sent, SiteDocument } from './api'

export interface HalfForm { from: string; until: string }
export interface HoursForm { morning: HalfForm; afternoon: HalfForm }
export interface CounterForm { key: string; name: string; morning: string; afternoon: string; takes: string[]; items: string }
export interface ExceptionForm { day: string; hours: HoursForm; note: string }
export interface SiteForm {
  name: string
  address: string
  phone: string
  flags: string[]
  confirmation: 'staff' | 'automatic'
  slot_minutes: string
  ahead_days: string
  close_minutes: string
  answer_hours: string
  week: HoursForm[]
  exceptions: ExceptionForm[]
  counters: CounterForm[]
}

type Period = { from: string; until: string } | null | undefined
interface Hours { morning?: Period; afternoon?: Period }

export const NUMBERS = ['slot_minutes', 'ahead_days', 'close_minutes', 'answer_hours'] as const
export const HALVES = ['morning', 'afternoon'] as const

const half = (from = '', until = ''): HalfForm => ({ from, until })
const halfForm = (period: Period) => half(period?.from, period?.until)
const hoursForm = (hours: Hours): HoursForm => ({ morning: halfForm(hours.morning), afternoon: halfForm(hours.afternoon) })
const period = ({ from, until }: HalfForm) => (from === '' && until === '' ? null : { from, until })
const hours = (form: HoursForm) => ({ morning: period(form.morning), afternoon: period(form.afternoon) })
/** What is no whole number is told by the server: it is never one that is right. */
const whole = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : 999_999)
const codes = (text: string) => text.split(/[\s,，、;；]+/).filter((code) => code !== '')

/** A day that is closed until somebody gives it hours. */
export const closedDay = (): ExceptionForm => ({ day: '', hours: hoursForm({}), note: '' })

/** A key that no counter has. */
export function newCounter(counters: readonly CounterForm[]): CounterForm {
  let n = counters.length + 1
  while (counters.some((one) => one.key === `c${n}`)) n += 1
  return { key: `c${n}`, name: '', morning: '4', afternoon: '4', takes: ['all_items'], items: '' }
}

/** A new place: Monday to Friday 9 to 12 and 13:30 to 17. */
export function blankSite(): SiteForm {
  const worked = (): HoursForm => ({ morning: half('09:00', '12:00'), afternoon: half('13:30', '17:00') })
  const week = Array.from({ length: 7 }, (_, day) => (day < 5 ? worked() : hoursForm({})))
  const rules = { confirmation: 'staff' as const, slot_minutes: '30', ahead_days: '7', close_minutes: '60', answer_hours: '4' }
  return { name: '', address: '', phone: '', flags: ['open'], ...rules, week, exceptions: [], counters: [newCounter([])] }
}

export function formOf(document: SiteDocument): SiteForm {
  return {
    name: document.name,
    address: document.address,
    phone: document.phone,
    flags: (['open', 'centre'] as const).filter((flag) => document[flag]),
    confirmation: document.confirmation,
    slot_minutes: String(document.slot_minutes),
    ahead_days: String(document.ahead_days),
    close_minutes: String(document.close_minutes),
    answer_hours: String(document.answer_hours),
    week: document.week.map(hoursForm),
    exceptions: document.exceptions.map(({ day, hours: its, note }) => ({ day, hours: hoursForm(its), note })),
    counters: document.counters.map((one) => ({
      key: one.key,
      name: one.name,
      morning: String(one.morning),
      afternoon: String(one.afternoon),
      takes: (['all_items', 'pickup'] as const).filter((what) => one[what]),
      items: one.items.join('\n'),
    })),
  }
}

export function documentOf(form: SiteForm): Sent {
  return {
    name: form.name.trim(),
    address: form.address.trim(),
    phone: form.phone.trim(),
    open: form.flags.includes('open'),
    centre: form.flags.includes('centre'),
    confirmation: form.confirmation,
    slot_minutes: whole(form.slot_minutes),
    ahead_days: whole(form.ahead_days),
    close_minutes: whole(form.close_minutes),
    answer_hours: whole(form.answer_hours),
    week: form.week.map(hours),
    // A row without a day says nothing yet.
    exceptions: form.exceptions.filter((one) => one.day !== '').map((one) => ({ day: one.day, hours: hours(one.hours), note: one.note.trim() })),
    counters: form.counters.map((one) => ({
      key: one.key,
      name: one.name.trim(),
      morning: whole(one.morning),
      afternoon: whole(one.afternoon),
      all_items: one.takes.includes('all_items'),
      pickup: one.takes.includes('pickup'),
      items: codes(one.items),
    })),
  }
}
