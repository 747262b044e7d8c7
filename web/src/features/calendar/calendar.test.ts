import { expect, it } from 'vitest'
import { officeMoment } from '../event-log/moment'
import type { Day } from './api'
import { monthsOf, readImport, sourceOf } from './model'

const day = (date: string): Day => ({ date, kind: 'working_day', name: null, is_working: true, provisional: false })

it('begins every month under its weekday, Monday first', () => {
  const months = monthsOf(['2026-01-30', '2026-01-31', '2026-02-01', '2026-06-01'].map(day))
  expect(months.map((month) => [month.month, month.lead, month.days.length])).toEqual([
    [1, 4, 2],
    [2, 6, 1],
    [6, 0, 1],
  ])
})

it('says which years would be taken in, or why not', () => {
  expect(readImport('{"years": {"2027": {}, "2028": {}}}')).toMatchObject({ years: ['2027', '2028'] })
  expect(readImport('{"year": 1}')).toEqual({ reason: '"years"' })
  expect(readImport('{')).toHaveProperty('reason')
})

it('reads a moment on the office’s clock', () => {
  expect(officeMoment('2026-11-22', '09:30')).toBe('2026-11-22T01:30:00.000Z')
  expect(officeMoment('2026-11-22', '24:00')).toBeUndefined()
  expect(officeMoment('', '09:30')).toBeUndefined()
})

it('tells the origin of the built-in calendar in the reader’s words', () => {
  const built_in = 'PyPI chinesecalendar 1.11.0 (MIT), 2004–2026'
  expect(sourceOf(built_in)).toEqual({ words: '系统自带，依据国务院办公厅历年放假安排通知整理', more: built_in })
  expect(sourceOf('国办发明电〔2025〕7 号')).toEqual({ words: '国办发明电〔2025〕7 号' })
})
