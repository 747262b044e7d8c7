/** The calendar of working days. */
import { api } from '@/core/http'

const BASE = '/api/v1/catalogue'

export type DayKind = 'working_day' | 'worked_rest_day' | 'weekend' | 'holiday' | 'regional_holiday'

export interface CalendarView {
  version: string
  source: string | null
  coverage: { first_day: string; last_day: string; last_official: number | null; provisional: number[] }
  alarm: { kind: 'provisional' | 'beyond_coverage'; missing_year: number; last_covered: string } | null
  years: { year: number; status: 'official' | 'provisional'; source: string | null; days_off: number; worked_rest_days: number }[]
  regions: string[]
}

export interface Day {
  date: string
  kind: DayKind
  name: string | null
  is_working: boolean
  provisional: boolean
}

export interface YearView {
  year: number
  status: 'official' | 'provisional'
  source: string | null
  days: Day[]
}

export const calendarKeys = {
  all: ['calendar'] as const,
  view: ['calendar', 'view'] as const,
  year: (year: number, region: string) => ['calendar', 'year', year, region] as const,
}

export const readCalendar = (signal: AbortSignal) => api.get<CalendarView>(`${BASE}/calendar`, { signal })

export const readYear = (year: number, region: string, signal: AbortSignal) =>
  api.get<YearView>(`${BASE}/calendar/years/${year}`, { query: { region }, signal })

export const countDays = (from: string, to: string) =>
  api.get<{ from: string; to: string; working_days: number }>(`${BASE}/calendar/day-count`, { query: { from, to } })

export const importYears = (key: string, data: object) => api.post<CalendarView>(`${BASE}/manage/calendar/years`, data, { key })
