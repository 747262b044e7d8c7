import { afterEach, describe, expect, it } from 'vitest'
import * as format from './format'
import { setLocale } from './i18n'

afterEach(() => setLocale('zh-CN'))

describe('days and times in Shanghai', () => {
  it.each([
    ['2026-11-21T16:00:00Z', '2026年11月22日', '2026-11-22 00:00'],
    ['2026-11-22T01:44:59Z', '2026年11月22日', '2026-11-22 09:44'],
    ['2026-12-31T15:59:59.999Z', '2026年12月31日', '2026-12-31 23:59'],
    ['2026-12-31T16:00:00Z', '2027年1月1日', '2027-01-01 00:00'],
  ])('%s', (instant, long, short) => {
    expect(format.dateLong(instant)).toBe(long)
    expect(format.dateTime(instant)).toBe(short)
  })

  it('leaves a calendar day where it is', () => {
    expect(format.dateLong('2026-03-05')).toBe('2026年3月5日')
    expect(format.dateTime('2026-03-05')).toBe('2026-03-05')
    expect(format.weekday('2026-11-22')).toBe('星期日')
  })

  it.each([null, undefined, '', 'no date'])('%j is 未填写', (value) => expect(format.dateLong(value)).toBe('未填写'))
})

it('counts working days in words', async () => {
  expect([4, 0, -1].map(format.remaining)).toEqual(['剩余 4 个工作日', '今天到期', '超期 1 个工作日'])
  await setLocale('en')
  expect([4, 1, 0, -2].map(format.remaining)).toEqual([
    '4 working days left', '1 working day left', 'Due today', '2 working days overdue',
  ])
})

it('writes money without floating point', () => {
  expect([0, 5, 123450, -305, 100000000001].map(format.money)).toEqual([
    '¥0.00', '¥0.05', '¥1,234.50', '-¥3.05', '¥1,000,000,000.01',
  ])
  expect(format.money(null)).toBe('未填写')
  expect(['1234.5', '0', '-3.05', '6500.00'].map(format.yuan)).toEqual(['¥1,234.50', '¥0.00', '-¥3.05', '¥6,500.00'])
})

it('masks a number and leaves a masked one', () => {
  expect(format.maskedId('430102199003070037')).toBe('4301**********0037')
  expect(format.maskedId('4301**********0037')).toBe('4301**********0037')
  expect(format.maskedId(null)).toBe('未填写')
})
