/** A year laid out in months and weeks, Monday first. */
import { isRecord } from '@/form/document'
import type { Day } from './api'
import { t } from './text'

export interface Month {
  month: number
  /** Empty places before the first day. */
  lead: number
  days: Day[]
}

const MONDAY_FIRST = [6, 0, 1, 2, 3, 4, 5]

export function monthsOf(days: readonly Day[]): Month[] {
  const months: Month[] = []
  for (const day of days) {
    const month = Number(day.date.slice(5, 7))
    let last = months.at(-1)
    if (last?.month !== month) {
      const lead = MONDAY_FIRST[new Date(`${day.date}T00:00:00Z`).getUTCDay()] ?? 0
      last = { month, lead, days: [] }
      months.push(last)
    }
    last.days.push(day)
  }
  return months
}

/** The years that a text of the import names, or why it cannot be read. */
export function readImport(text: string): { data: object; years: string[] } | { reason: string } {
  try {
    const data: unknown = JSON.parse(text)
    if (!isRecord(data) || !isRecord(data.years)) return { reason: '"years"' }
    return { data, years: Object.keys(data.years) }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : '' }
  }
}

/** The calendar that comes with the software tells its origin to those who maintain it: to others in their words. */
export function sourceOf(source: string): { words: string; more?: string } {
  return source.includes('chinesecalendar') ? { words: t('source_builtin'), more: source } : { words: source }
}
