import { expect, it } from 'vitest'
import { days, firstDay, line, percent } from './model'

it('writes office minutes as working days', () => {
  expect(days(390)).toBe('1.0')
  expect(days(960)).toBe('2.5')
  expect(days(0)).toBe('0.0')
  expect(days(null)).toBeUndefined()
})

it('writes shares per mille and says nothing of nothing', () => {
  expect(percent(987)).toBe('98.7%')
  expect(percent(undefined)).toBeUndefined()
})

it('knows where a period begins', () => {
  expect(firstDay('month', '2026-11-22')).toBe('2026-11-01')
  expect(firstDay('quarter', '2026-11-22')).toBe('2026-10-01')
  expect(firstDay('quarter', '2026-03-31')).toBe('2026-01-01')
  expect(firstDay('year', '2026-11-22')).toBe('2026-01-01')
})

it('draws a line within its box', () => {
  expect(line([0, 5, 10], 10, 100, 50)).toBe('0.0,50.0 50.0,25.0 100.0,0.0')
  expect(line([0, 0], 0, 100, 50)).toBe('0.0,50.0 100.0,50.0')
  expect(line([7], 7, 100, 50)).toBe('0.0,0.0')
})
