/** Rules of the pages of a batch. */
import type { FieldFault } from '@/core/http'
import type { Batch, BatchLine } from './api'

/** States in which an application waits for the applicant. */
const WAITING: ReadonlySet<string> = new Set(['pre_review_returned', 'correcting', 'awaiting_originals'])

export const isOpen = (batch: Pick<BatchLine, 'state'>): boolean => batch.state === 'draft' || batch.state === 'checked'

export const rowsIn = (batch: Pick<BatchLine, 'row_states'>, state: string): number => batch.row_states[state] ?? 0

/** How many of its applications wait for the applicant. */
export function waiting(batch: Pick<BatchLine, 'application_states'>): number {
  return Object.entries(batch.application_states).reduce((sum, [state, n]) => sum + (WAITING.has(state) ? n : 0), 0)
}

/** The filters of its rows that would show something: states of rows before, of applications after the submission. */
export function filtersOf(batch: Pick<BatchLine, 'row_states' | 'application_states'>): { state: string; n: number }[] {
  const rows = Object.entries(batch.row_states).filter(([state]) => state !== 'made')
  return [...rows, ...Object.entries(batch.application_states)].filter(([, n]) => n > 0).map(([state, n]) => ({ state, n }))
}

/** What stands between the batch and its submission, one line each. */
export type Lack = { kind: 'sheet' } | { kind: 'faulty'; n: number } | { kind: 'material'; name: string }

export function lacksOf(batch: Batch): Lack[] {
  const faulty = rowsIn(batch, 'faulty')
  const materials = batch.materials.filter((one) => one.required && one.files.length === 0)
  return [
    ...(batch.rows === 0 ? [{ kind: 'sheet' as const }] : []),
    ...(faulty > 0 ? [{ kind: 'faulty' as const, n: faulty }] : []),
    ...materials.map((one) => ({ kind: 'material' as const, name: one.name })),
  ]
}

/** The row that a fault of the submission names, and what is left of its path. */
export function placeOf(fault: FieldFault): { row?: number; path: string } {
  const hit = /^\/rows\/(\d+)(\/.*)$/.exec(fault.path)
  return hit ? { row: Number(hit[1]), path: hit[2] ?? '' } : { path: fault.path }
}
