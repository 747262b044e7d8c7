import { describe, expect, it } from 'vitest'
import type { FieldFault } from '@/core/http'
import type { FormDocument } from '@/form/document'
import { actionOf, FILTERS, grouped, lackingMaterials, mayWithdraw, noteOf, partName, placeFaults, refusedNames, toneOf } from './model'
import { mergeAnswers, type Sides } from './merge'
import type { Requirement, State } from './types'

describe('two devices', () => {
  const text = (key: string) => ({ key, label: key, kind: 'text' as const })
  const document = {
    key: 'f', title: 'F',
    sections: [{ key: 's', title: 'S', fields: [
      text('name'), text('phone'), text('email'), { key: 'files', label: 'files', kind: 'attachment' as const },
      { key: 'rows', label: 'rows', kind: 'repeat' as const, fields: [text('n'), text('m'), { key: 'inner', label: 'inner', kind: 'repeat' as const, fields: [text('k')] }] },
    ] }],
  }
  const merge = (base: Sides['base'], mine: Sides['mine'], theirs: Sides['theirs'], known = base) => {
    const { merged, clashes } = mergeAnswers(document, { base, mine, known, theirs })
    return { merged, clashes: clashes.map((one) => one.path) }
  }

  it('keep what only one of them changed', () => {
    const base = { name: '王', phone: '1', email: 'a', rows: [{ n: '1' }] }
    const mine = { name: '王小', phone: '1', rows: [{ n: '1' }] }
    const theirs = { name: '王', phone: '2', email: 'a', rows: [{ n: '1' }, { n: '2' }], added: 'x' }
    expect(merge(base, mine, theirs)).toEqual({ merged: { name: '王小', phone: '2', rows: [{ n: '1' }, { n: '2' }], added: 'x' }, clashes: [] })
  })

  it('are asked where both changed the same, not where both wrote the same', () => {
    expect(merge({ name: 'a', phone: '1' }, { name: 'b', phone: '2' }, { name: 'c', phone: '2' })).toEqual({ merged: { name: 'b', phone: '2' }, clashes: ['/name'] })
    // What the server keeps in its own form was not changed there.
    expect(merge({ name: ' a ' }, { name: 'b' }, { name: 'a' }, { name: 'a' })).toEqual({ merged: { name: 'b' }, clashes: [] })
  })

  it('work in different rows, and in rows of rows, without losing one', () => {
    const base = { rows: [{ n: '1', inner: [{ k: 'x' }] }, { n: '2' }] }
    const mine = { rows: [{ n: '1', inner: [{ k: 'y' }] }, { n: '2' }, { n: 'mine' }] }
    const theirs = { rows: [{ n: '1', m: 'm', inner: [{ k: 'x' }, { k: 'z' }] }, { n: '9' }, { n: 'theirs' }] }
    expect(merge(base, mine, theirs)).toEqual({
      merged: { rows: [{ n: '1', m: 'm', inner: [{ k: 'y' }, { k: 'z' }] }, { n: '9' }, { n: 'theirs' }, { n: 'mine' }] },
      clashes: [],
    })
    expect(merge(base, { rows: [{ n: '5' }, { n: '2' }] }, { rows: [{ n: '6', inner: [{ k: 'x' }] }, { n: '2' }] }).clashes).toEqual(['/rows/0/n'])
    // Once a row was removed nobody knows which is which: the whole group is asked about.
    expect(merge(base, { rows: [{ n: '2' }] }, { rows: [{ n: '1' }, { n: '3' }] })).toEqual({ merged: { rows: [{ n: '2' }] }, clashes: ['/rows'] })
  })

  it('keep each other’s files', () => {
    expect(merge({ files: ['a', 'b'] }, { files: ['b', 'm'] }, { files: ['a', 'b', 't'] })).toEqual({ merged: { files: ['b', 't', 'm'] }, clashes: [] })
  })
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
  expect(filtered).toHaveLength(22)
})

it.each<[State, boolean, string]>([
  ['correcting', false, 'warn'],
  ['examining', false, 'brand'],
  ['examining', true, 'warn'],
  ['special_procedure', false, 'brand'],
  ['suspended', false, 'warn'],
  ['terminated', false, 'neutral'],
  ['transferred', false, 'neutral'],
  ['reported_up', false, 'brand'],
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

it('asks at a counter for what comes on paper alone, until it was taken', () => {
  const paper = (id: string, more: Partial<Requirement>) => ({ id, required: false, files: [], necessity: 'required', form: 'paper', committed: false, paper: false, ...more }) as unknown as Requirement
  const all = [paper('a', {}), paper('b', { paper: true }), paper('c', { paper: null }), paper('d', { necessity: 'optional' }), paper('e', { form: 'both' }), paper('f', { committed: true })]
  expect(lackingMaterials(all).map((found) => found.id)).toEqual(['a'])
})

it('reads next actions and writes case numbers in groups', () => {
  expect(actionOf({ key: 'intake.next.correct' })).toBe('correct')
  expect(grouped('430102202611220000015')).toBe('430102 20261122 000001 5')
  expect(grouped('X-1')).toBe('X-1')
})

const form: FormDocument = {
  key: 'f',
  title: '',
  sections: [{ key: 's', title: '', fields: [
    { key: 'address', label: '详细地址', kind: 'text' },
    { key: 'staff', label: '人员', row_title: '从业人员', kind: 'repeat', fields: [{ key: 'name', label: '姓名', kind: 'text' }] },
  ] }],
}

it('finds in a notice what is said of one part, and nothing of the others', () => {
  const notice = '1. 详细地址：缺少楼栋和房号：请写全\n2. 从业人员 2 · 姓名：与所交材料不一致\n3. Plan: not sealed\n4. 详细地址证明需要补正'
  expect(noteOf(notice, partName('/address', form))).toBe('缺少楼栋和房号：请写全')
  expect(noteOf(notice, partName('/staff/1/name', form))).toBe('与所交材料不一致')
  expect(noteOf(notice, 'Plan')).toBe('not sealed')
  expect([noteOf(notice, '详细地址证明'), noteOf(notice, '营业执照'), noteOf('请补正。', '详细地址'), noteOf(notice, undefined)]).toEqual(['', '', '', ''])
})

it('names the answers that a save was refused for', () => {
  const fault = (path: string): FieldFault => ({ path, code: 'x', message: '' })
  expect(refusedNames(['/form/address', '/form/address', '/form/staff/0/name', '/version'].map(fault), form)).toEqual(['详细地址', '从业人员 1 · 姓名'])
})
