import { expect, it } from 'vitest'
import type { Batch } from './api'
import { filtersOf, isOpen, lacksOf, placeOf, waiting } from './model'

const material = { id: 'roster', name: '花名册', required: true, files: [] }
const batch = { state: 'draft', rows: 0, row_states: {}, application_states: {}, materials: [material] } as unknown as Batch

it('says what stands between a batch and its submission', () => {
  expect(lacksOf(batch)).toEqual([{ kind: 'sheet' }, { kind: 'material', name: '花名册' }])
  const tried = { ...batch, rows: 4, row_states: { faulty: 2, ready: 2 } }
  expect(lacksOf(tried)).toEqual([{ kind: 'faulty', n: 2 }, { kind: 'material', name: '花名册' }])
  const fit = { ...batch, rows: 4, row_states: { ready: 4 }, materials: [{ ...material, files: [{ id: 'f' }] }] } as unknown as Batch
  expect(lacksOf(fit)).toEqual([])
})

it('offers the states that rows are in: their own before, those of their applications after the submission', () => {
  expect(filtersOf({ row_states: { faulty: 2, ready: 0 }, application_states: {} })).toEqual([{ state: 'faulty', n: 2 }])
  const after = { row_states: { made: 5, refused: 1 }, application_states: { accepted: 3, correcting: 2 } }
  expect(filtersOf(after)).toEqual([{ state: 'refused', n: 1 }, { state: 'accepted', n: 3 }, { state: 'correcting', n: 2 }])
  expect(waiting(after)).toBe(2)
})

it('is open until it is handed in', () => {
  expect((['draft', 'checked', 'submitting', 'submitted'] as const).map((state) => isOpen({ state }))).toEqual([true, true, false, false])
})

it('tells a fault of a row from one of the batch', () => {
  const fault = (path: string) => ({ path, code: 'x', message: '', args: {} })
  expect(placeOf(fault('/rows/17/phone'))).toEqual({ row: 17, path: '/phone' })
  expect(placeOf(fault('/materials/roster'))).toEqual({ path: '/materials/roster' })
})
