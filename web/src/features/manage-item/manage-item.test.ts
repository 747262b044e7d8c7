import { describe, expect, it } from 'vitest'
import { fieldSpecs } from './form-specs'
import { placeName, valueText } from './places'
import { choicesOf, GROUPS } from './specs'
import { groupOf, makeItemEditor } from './useItemEditor'

describe('the working copy', () => {
  const make = () => makeItemEditor({ name: 'a', waived: 'x', materials: [{ id: 'm', name: '' }], form: { key: 'f', sections: [] } }, true)

  it('takes a key out, which is not the same as emptying it', () => {
    const editor = make()
    editor.drop('/waived')
    expect('waived' in editor.draft()).toBe(false)
    expect(editor.dirty.value).toBe(true)
  })

  it('drops what a new kind of field does not know, and nothing else', () => {
    const editor = make()
    editor.set('/form/sections', [{ fields: [{ key: 'k', label: 'l', kind: 'number', scale: 2, pattern: 'x' }] }])
    editor.prune('/form/sections/0/fields/0', fieldSpecs({ kind: 'number' }))
    expect(editor.get('/form/sections/0/fields/0')).toEqual({ key: 'k', label: 'l', kind: 'number', scale: 2 })
  })

  it('forgets a fault once its place is changed, others stay', () => {
    const editor = make()
    editor.takeFaults([
      { path: '/item/name', code: 'x', message: '必填' },
      { path: '/materials/0/name', code: 'x', message: '必填' },
    ])
    expect(editor.summary.value.map((one) => one.path)).toEqual(['/name', '/materials/0/name'])
    editor.set('/materials/0/name', '平面图')
    expect(editor.summary.value.map((one) => one.path)).toEqual(['/name'])
  })

  it('is clean only up to the revision that was saved', () => {
    const editor = make()
    editor.set('/name', 'b')
    const at = editor.revision.value
    editor.set('/name', 'c')
    editor.markSaved(at)
    expect(editor.dirty.value).toBe(true)
    editor.markSaved(editor.revision.value)
    expect(editor.dirty.value).toBe(false)
  })
})

it('finds the group of a place', () => {
  expect([groupOf('/materials/2/name'), groupOf('/form/sections/0'), groupOf('/legal_term'), groupOf('/nothing')]).toEqual([
    'materials', 'form', 'terms', undefined,
  ])
})

it('names places and values for people', () => {
  expect(placeName('/materials/2/name')).toBe('材料 3 › 材料名称')
  expect(placeName('/form/sections/0/fields/1/key')).toBe('申请表 › 分组 1 › 字段 2 › 标识')
  expect(placeName('/unknown')).toBe('unknown')
  expect(valueText({ length: 5, unit: 'working_days' })).toBe('5 工作日')
  expect(valueText(['甲', '乙'])).toBe('甲\n乙')
  expect(valueText(null)).toBe('（无）')
})

it('covers every field of the contract and gives every choice a name', () => {
  const keys = GROUPS.flatMap((group) => group.specs.map((spec) => spec.key))
  // ItemDocument of the contract, without the department's name, which follows its code.
  expect(keys.toSorted()).toEqual(
    [
      'code', 'business_code', 'external_codes', 'name', 'category', 'item_type', 'department_code', 'region', 'audience', 'case_kind', 'sample',
      'summary', 'conditions', 'legal_term', 'promised_term', 'pre_review_term', 'correction_term', 'situations', 'materials', 'steps', 'fees',
      'legal_bases', 'result', 'online_depth', 'visits', 'places', 'consultation', 'complaint', 'remedies', 'themes', 'keywords', 'faqs', 'form', 'effective_from',
    ].toSorted(),
  )
  expect(choicesOf('prefill').map((one) => one.value)).toContain('enterprise.credit_code')
  expect(choicesOf('item_type').find((one) => one.value === '20')?.label).toBe('公共服务')
})
