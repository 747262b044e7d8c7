import { expect, it } from 'vitest'
import type { KeptCodeTable } from './api'
import { entriesOf, rowsOf } from './rows'

const kept: KeptCodeTable = {
  table: 'item_type', open: false, version: 1, updated_at: null, updated_by: null,
  entries: [
    { code: '20', name: '便民服务', offered: true, division: '4301' },
    { code: '01', name: '许可', offered: true, division: '' },
    { code: '02', name: null, offered: true, division: null },
  ],
  own: [{ code: '20', name: '便民服务', offered: true }],
}
const programs = new Map([['20', '公共服务'], ['01', '行政许可'], ['02', '行政处罚']])

it('shows own names in the fields and inherited ones behind them', () => {
  expect(rowsOf(kept, programs)).toEqual([
    { code: '20', name: '便民服务', inherited: '公共服务', offered: true, own: true },
    { code: '01', name: '', inherited: '许可', offered: true, own: false },
    { code: '02', name: '', inherited: '行政处罚', offered: true, own: false },
  ])
})

it('writes every code in its place, and only names of its own', () => {
  const [first, second, third] = rowsOf(kept, programs)
  if (!first || !second || !third) throw new Error('three rows')
  const rows = [{ ...third, name: ' 行政处罚 ' }, first, { code: ' ', name: '', inherited: '', offered: true, own: true }]
  expect(entriesOf(rows)).toEqual([{ code: '02', name: '', offered: true }, { code: '20', name: '便民服务', offered: true }])
})
