/** The calendar of working days. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

const BASE = '/api/v1/catalogue'

export type DayKind = Day['kind']
export type CalendarView = Answer<'CalendarView'>
export type Day = Answer<'DayView'>
export type YearView = Answer<'YearView'>

export const calendarKeys = {
  all: ['calendar'] as const,
  view: ['calendar', 'view'] as const,
  year: (year: number, region: string) => ['calendar', 'year', year, region] as const,
}

export const readCalendar = (signal: AbortSignal) => api.get<CalendarView>(`${BASE}/calendar`, { signal })

export const readYear = (year: number, region: string, signal: AbortSignal) =>
  api.get<YearView>(`${BASE}/calendar/years/${year}`, { query: { region }, signal })

export const countDays = (from: string, to: string) =>
  api.get<Answer<'DayCount'>>(`${BASE}/calendar/day-count`, { query: { from, to } })

export const importYears = (key: string, data: object) => api.post<CalendarView>(`${BASE}/manage/calendar/years`, data, { key })
