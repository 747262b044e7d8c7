import { afterEach, expect, it } from 'vitest'
import { setLocale } from '@/core/i18n'
import { derivationOf, lineOf, termText, type Derivation, type DerivationStep } from './model'

afterEach(() => setLocale('zh-CN'))

const step = (kind: DerivationStep['kind'], more: Partial<DerivationStep> = {}): DerivationStep => ({
  kind, from: '2026-02-10', to: '2026-02-10', days: 1, counted: 0, lost: 0, running: 0, ...more,
})
const derivation: Derivation = { term: { length: 20, unit: 'working_days' }, total: 20, steps: [] }

it.each([
  [step('start_excluded'), '2026-02-10（星期二）：起算，当日不计'],
  [step('working_days', { from: '2026-02-11', to: '2026-02-13', counted: 3, running: 3 }), '2026-02-11至2026-02-13：计 3 个工作日，累计 3 个工作日'],
  [step('worked_rest_day', { from: '2026-02-14', to: '2026-02-14', counted: 1, running: 4 }), '2026-02-14（星期六）：调休上班，计 1 个工作日，累计 4 个工作日'],
  [step('holiday', { from: '2026-02-15', to: '2026-02-23', days: 9, name: '春节' }), '2026-02-15至2026-02-23：春节假期，9 天不计'],
  [step('paused', { from: '2026-03-02', to: '2026-03-06', days: 5, lost: 5, name: '现场核查' }), '2026-03-02至2026-03-06：计时暂停（现场核查），5 个工作日不计'],
  [step('paused', { lost: 0 }), '2026-02-10（星期二）：计时暂停，其间没有工作日'],
  [step('due', { from: '2026-03-16', to: '2026-03-16' }), '2026-03-16（星期一）：到期（20 个工作日）'],
])('writes %j', (one, words) => expect(lineOf(derivation, one)).toBe(words))

it('finds the derivation alone and inside the answer of the clock, and nothing in nonsense', () => {
  expect(derivationOf(derivation)).toBe(derivation)
  expect(derivationOf({ date: '2026-03-16', derivation })).toBe(derivation)
  for (const odd of [null, undefined, 'x', {}, { derivation: null }, { steps: [] }]) expect(derivationOf(odd)).toBeUndefined()
})

it('counts in both languages', async () => {
  expect([termText({ length: 0, unit: 'on_the_spot' }), termText({ length: 5, unit: 'working_days' })]).toEqual(['当场办结', '5 个工作日'])
  await setLocale('en')
  expect([1, 5].map((length) => termText({ length, unit: 'working_days' }))).toEqual(['1 working day', '5 working days'])
})
