import { describe, expect, it } from 'vitest'
import type { FormDocument } from '@/form/document'
import type { Assist, Change } from './api'
import { daysOn, missingOf, shownOf, stageOf, unchecked } from './model'

const document: FormDocument = {
  key: 'f', title: '表', sections: [{ key: 's', title: '节', fields: [
    { key: 'skill', label: '技能', kind: 'text' },
    { key: 'family', label: '家庭成员', kind: 'repeat', fields: [{ key: 'name', label: '姓名', kind: 'text' }] },
  ] }],
} as FormDocument
const draft = {
  form_document: document,
  situations: [{ id: 'reason', question: '失业原因是什么？', options: [{ id: 'closed', label: '单位停业' }] }],
  materials: [{ id: 'proof', name: '离职证明' }],
} as unknown as Parameters<typeof shownOf>[1]
const change = (path: string, before: unknown, after: unknown) => ({ path, before, after, by: '邹示例', at: '', checked: false }) as Change
const assist = (more: Partial<Assist>) => ({ request_id: 'r', state: 'taken', assistant: '邹示例', may: null, until_on: null, mine: false, changes: [], ...more }) as Assist

describe('a request', () => {
  it('says why and how to be reached, and where to come', () => {
    expect(missingOf({ reason: ' ', phone: '', place: 'home', ground: null, address: '' })).toEqual(['reason', 'phone', 'ground', 'address'])
    expect(missingOf({ reason: '看不清', phone: '1', place: 'online' })).toEqual([])
  })

  it('is followed on the draft', () => {
    expect(stageOf(null)).toBe('none')
    expect(stageOf(assist({ request_id: null }))).toBe('none')
    expect(stageOf(assist({ state: 'open' }))).toBe('waits')
    expect(stageOf(assist({}))).toBe('consent')
    expect(stageOf(assist({ may: 'fill' }))).toBe('in')
  })
})

it('counts days over the end of a month', () => expect(daysOn('2026-11-23', 30)).toBe('2026-12-23'))

it('names each place as the page does', () => {
  expect(shownOf(change('/form/skill', null, '电工'), draft)).toMatchObject({ name: '技能', field: { key: 'skill' }, after: '电工' })
  expect(shownOf(change('/form/family/0/name', '乙', '丙'), draft)).toMatchObject({ name: '家庭成员 1 · 姓名', before: '乙' })
  expect(shownOf(change('/form/family/1', null, { name: '丁' }), draft)).toMatchObject({ name: '家庭成员 2', before: null, after: [{ name: '丁' }] })
  expect(shownOf(change('/situation_answers/reason', null, 'closed'), draft)).toMatchObject({ name: '失业原因是什么？', after: '单位停业' })
  expect(shownOf(change('/materials/proof', null, ['甲.pdf', '乙.pdf']), draft)).toMatchObject({ name: '离职证明', after: '甲.pdf、乙.pdf' })
})

it('counts what is to be looked at', () => {
  const seen = { ...change('/form/skill', null, '1'), checked: true }
  expect(unchecked(assist({ changes: [seen, change('/form/family/0', null, {})] }))).toBe(1)
  expect(unchecked(null)).toBe(0)
})
