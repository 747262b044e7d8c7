/** Pure rules of help by assistants: what a request lacks, what a change is called, until when one is let in. */
import type { Application } from '@/features/application/types'
import { placeName, trailOf } from '@/form/trail'
import type { Field } from '@/form/document'
import type { Asking, Assist, Change, Help } from './api'

export const PLACES = ['online', 'counter', 'home'] as const
export const GROUNDS = ['elder', 'disabled'] as const
export const MAYS = ['fill', 'look'] as const
export const OUTCOMES = ['solved', 'unreached', 'out_of_scope'] as const
export const BOUNDS = { reason: 500, line: 100, days: 30 } as const

/** What has to be entered before a request goes out, by field. */
export function missingOf(asking: Pick<Asking, 'reason' | 'phone' | 'place' | 'ground' | 'address'>): ('reason' | 'phone' | 'ground' | 'address')[] {
  const home = asking.place === 'home'
  return [
    ...(asking.reason.trim() ? [] : ['reason' as const]),
    ...(asking.phone.trim() ? [] : ['phone' as const]),
    ...(home && !asking.ground ? ['ground' as const] : []),
    ...(home && !asking.address?.trim() ? ['address' as const] : []),
  ]
}

/** A day so many days behind another, both as `2026-11-27`. */
export function daysOn(day: string, n: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + n)
  return date.toISOString().slice(0, 10)
}

/** What the applicant can do about help with a draft. */
export function stageOf(assist: Assist | null | undefined): 'none' | 'waits' | 'consent' | 'in' {
  if (!assist?.request_id) return 'none'
  if (assist.state === 'open') return 'waits'
  return assist.may ? 'in' : 'consent'
}

export const unchecked = (assist: Assist | null | undefined) => assist?.changes.filter((one) => !one.checked).length ?? 0

/** The consent that holds today. */
export const inForce = (help: Help) => help.consents.find((one) => one.in_force)

/** A change in the words of the page: its place, and what stood and stands there. `field`: as an answer of the form. */
export interface Shown {
  key: string
  name: string
  field?: Field
  before: unknown
  after: unknown
}

type Draft = Pick<Application, 'form_document' | 'situations' | 'materials'>
const unescape = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~')
const list = (value: unknown) => (Array.isArray(value) ? value.join('、') : value)

export function shownOf(change: Change, draft: Draft): Shown {
  const { path, before, after } = change
  const id = unescape(path.split('/')[2] ?? '')
  if (path.startsWith('/situation_answers/')) {
    const question = draft.situations.find((one) => one.id === id)
    const label = (option: unknown) => question?.options.find((one) => one.id === option)?.label ?? option
    return { key: path, name: question?.question ?? id, before: label(before), after: label(after) }
  }
  if (path.startsWith('/materials/')) {
    const name = draft.materials.find((one) => one.id === id)?.name ?? id
    return { key: path, name, before: list(before), after: list(after) }
  }
  const place = path.slice('/form'.length)
  const trail = draft.form_document ? trailOf(draft.form_document, place) : undefined
  const name = (draft.form_document && placeName(draft.form_document, place)) ?? place
  if (!trail) return { key: path, name, before, after }
  // A row that came or went is shown as rows are.
  const rows = (value: unknown) => (value === null || value === undefined ? value : [value])
  return trail.isRow
    ? { key: path, name, field: trail.field, before: rows(before), after: rows(after) }
    : { key: path, name, field: trail.field, before, after }
}
