import { expect, it } from 'vitest'
import type { FieldFault } from '@/core/http'
import { actionOf, FILTERS, grouped, lackingMaterials, mayWithdraw, mergeAnswers, placeFaults, toneOf } from './model'
import type { Requirement, State } from './types'

it('keeps what was changed here and takes the rest from there', () => {
  const base = { name: '王', phone: '1', email: 'a', rows: [{ n: 1 }] }
  const mine = { name: '王小', phone: '1', rows: [{ n: 1 }] }
  const theirs = { name: '王', phone: '2', email: 'a', rows: [{ n: 1 }, { n: 2 }], added: 'x' }
  expect(mergeAnswers(base, mine, theirs)).toEqual({ name: '王小', phone: '2', rows: [{ n: 1 }, { n: 2 }], added: 'x' })
  expect(mergeAnswers({ a: 1 }, { a: 2 }, { a: 3 })).toEqual({ a: 2 })
})

it('puts the server’s faults where they belong', () => {
  const fault = (path: string): FieldFault => ({ path, code: 'x', message: path })
  const placed = placeFaults(['/form/name', '/form/family/0/name', '/materials/id_card', '/situation_answers/reason', '/version'].map(fault))
  expect(placed.form.map((one) => one.path)).toEqual(['/name', '/family/0/name'])
  expect(placed.materials).toEqual({ id_card: '/materials/id_card' })
  expect(placed.situation).toEqual({ reason: '/situation_answers/reason' })
  expect(placed.others.map((one) => one.path)).toEqual(['/version'])
})

it('has a filter for every state but shows none twice', () => {
  const filtered = [FILTERS.action, FILTERS.open, FILTERS.done, FILTERS.draft].flatMap((one) => one.split(','))
  expect(new Set(filtered).size).toBe(filtered.length)
  expect(filtered).toHaveLength(21)
})

it.each<[State, boolean, string]>([
  ['correcting', false, 'warn'],
  ['examining', false, 'brand'],
  ['examining', true, 'warn'],
  ['closed', false, 'ok'],
  ['refused', false, 'neutral'],
  ['draft', false, 'neutral'],
])('%s (withdrawing: %s) looks %s', (state, withdrawal_pending, tone) => expect(toneOf({ state, withdrawal_pending })).toBe(tone))

it('offers a withdrawal only before the decision and once', () => {
  const may = (state: State, withdrawal_pending = false) => mayWithdraw({ state, withdrawal_pending })
  expect([may('submitted'), may('examining'), may('examining', true), may('draft'), may('decided'), may('closed')]).toEqual([
    true, true, false, false, false, false,
  ])
})

it('asks for required materials only', () => {
  const one = (id: string, required: boolean, files: number) => ({ id, required, files: Array.from({ length: files }) }) as Requirement
  expect(lackingMaterials([one('a', true, 0), one('b', true, 1), one('c', false, 0)]).map((found) => found.id)).toEqual(['a'])
})

it('reads next actions and writes case numbers in groups', () => {
  expect(actionOf({ key: 'intake.next.correct' })).toBe('correct')
  expect(grouped('430102202611220000015')).toBe('430102 20261122 000001 5')
  expect(grouped('X-1')).toBe('X-1')
})
