import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import { exportAddress, type ItemDraft } from './api'
import { fieldSpecs } from './form-specs'
import { partsOf, placeName, valueAtText, valueText } from './places'
import SpecField from './SpecField.vue'
import { choicesOf, GROUPS } from './specs'
import { groupOf, makeItemEditor, provideItemEditor } from './useItemEditor'
import { useItemWork } from './useItemWork'

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
  expect(placeName('/handling/intermediaries/0/basis')).toBe('办理方式 › 中介服务 1 › 依据')
  expect(placeName('/links/following/1')).toBe('导航与关联 › 后续事项 2')
  expect(placeName('/unknown')).toBe('unknown')
  expect(valueText({ length: 5, unit: 'working_days' })).toBe('5 工作日')
  expect(valueText(['甲', '乙'])).toBe('甲\n乙')
  expect(valueText(null)).toBe('（无）')
  expect(valueAtText('/handling/ways', ['counter', 'online'])).toBe('窗口办理\n网上办理')
  expect(valueAtText('/authority/scope', 'city')).toBe('全市通办')
  expect(valueAtText('/handling/proxy', true)).toBe('是')
  expect(valueAtText('/online_depth', 4)).toBe('Ⅳ 级：全程网办')
  expect(valueAtText('/materials/0', { necessity: 'deferrable' })).toBe('必要性: 可容缺')
  const term = { term: { length: 5, unit: 'working_days' } }
  expect(valueText(term, partsOf('/steps/0'))).toBe('环节时限: 5 工作日')
  expect(valueText([term], partsOf('/special_procedures'))).toBe('最长时限: 5 工作日')
})

it('covers every field of the contract and gives every choice a name', () => {
  const keys = GROUPS.flatMap((group) => group.specs.map((spec) => spec.key))
  // ItemDocument of the contract, without the department's name, which follows its code.
  expect(keys.toSorted()).toEqual(
    [
      'code', 'business_code', 'base_code', 'external_codes', 'name', 'category', 'item_type', 'department_code', 'region', 'audience', 'case_kind', 'sample',
      'summary', 'conditions', 'authority', 'handling', 'links', 'further_results', 'legal_term_note', 'promised_term_note', 'legal_term', 'promised_term', 'pre_review_term', 'correction_term', 'correction_lapses', 'deferral_term', 'commitment', 'situations', 'materials', 'steps', 'special_procedures', 'fees',
      'legal_bases', 'result', 'online_depth', 'visits', 'places', 'consultation', 'complaint', 'remedies', 'themes', 'keywords', 'faqs', 'form', 'effective_from',
    ].toSorted(),
  )
  expect(choicesOf('prefill').map((one) => one.value)).toContain('enterprise.credit_code')
  expect(choicesOf('item_type').find((one) => one.value === '20')?.label).toBe('公共服务')
})

it('names a file by its name, not by its sum', () => {
  expect(placeName('/materials/0/blank_form')).toBe('材料 1 › 空白表格')
  expect(valueAtText('/materials/0/blank_form', { sum: 'ab12', name: '申请表.docx', media_type: 'x', size: 1 })).toBe('申请表.docx')
})

describe('licences that replace a material', () => {
  const types = [{ code: 'T1', name: '食品经营许可证' }, { code: 'T2', name: '公共场所卫生许可证' }]
  const spec = { kind: 'licences', key: 'licence_types', name: 'licence_types', optional: true } as const

  async function show(named: object[]) {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(types))))
    const editor = makeItemEditor({ materials: [{ id: 'm', licence_types: named }] }, true)
    const page = mount(defineComponent({
      setup() {
        provideItemEditor(editor)
        return () => h(SpecField, { spec, base: '/materials/0' })
      },
    }), { global: { plugins: [[VueQueryPlugin, { queryClient: new QueryClient() }]] } })
    await flushPromises()
    vi.unstubAllGlobals()
    return { editor, page }
  }

  it('are chosen from the types that there are, and kept by code and name', async () => {
    const { editor, page } = await show([])
    const boxes = page.findAll('input[type=checkbox]')
    expect(boxes).toHaveLength(2)
    await boxes[1]?.setValue(true)
    expect(editor.get('/materials/0/licence_types')).toEqual([types[1]])
    await boxes[1]?.setValue(false)
    expect('licence_types' in (editor.get('/materials/0') as object)).toBe(false)
  })

  it('stay to be taken out where the type is not known here', async () => {
    const { editor, page } = await show([{ code: 'X', name: '外地证' }])
    expect(page.text()).toContain('外地证（本平台没有这种证照类型）')
    await page.findAll('input[type=checkbox]')[2]?.setValue(false)
    expect(editor.get('/materials/0/licence_types')).toBeUndefined()
  })

  it('are compared by their names', () => {
    expect(placeName('/materials/0/licence_types')).toBe('材料 1 › 可以代替的电子证照')
    expect(valueAtText('/materials/0/licence_types', types)).toBe('食品经营许可证\n公共场所卫生许可证')
  })
})

it('saves over the version that was edited, not over one that came meanwhile', () => {
  const draft = shallowRef({ version: 3 } as ItemDraft)
  const editor = shallowRef(makeItemEditor({}, true))
  const Page = defineComponent((_, { expose }) => {
    expose({ version: useItemWork(() => draft.value, () => editor.value).version })
    return () => null
  })
  const page = mount(Page, { global: { plugins: [VueQueryPlugin] } }).vm as unknown as { version: number }
  draft.value = { version: 4 } as ItemDraft
  expect(page.version).toBe(3)
  editor.value = makeItemEditor({}, true)
  expect(page.version).toBe(4)
})

it('names the list of a file by what it was narrowed to', () => {
  expect(exportAddress({ q: '登记', department: undefined }, 'csv')).toBe('/api/v1/catalogue/manage/export?q=%E7%99%BB%E8%AE%B0&format=csv')
})

describe('numbers', () => {
  const make = () => makeItemEditor({ visits: 1, fees: [{ amount: 500 }], promised_term: { length: 5, unit: 'working_days' }, legal_term: { length: 20, unit: 'working_days' } }, true)
  const specs = GROUPS.flatMap((group) => group.specs)
  function show(editor: ReturnType<typeof make>, ...keys: string[]) {
    return mount(defineComponent({
      setup() {
        provideItemEditor(editor)
        return () => keys.map((key) => specs.filter((spec) => spec.key === key).map((spec) => h(SpecField, { spec, base: '' })))
      },
    }))
  }

  it.each([['-5'], ['0'], ['2.5'], [''], ['五']])('keep %s out of a term, say why and cannot be saved', async (typed) => {
    const editor = make()
    const page = show(editor, 'promised_term')
    await page.get('input').setValue(typed)
    expect(page.get('.error').text()).toContain('请填写 1 至 9999 的整数')
    expect(page.get('input').element.value).toBe(typed)
    expect(editor.get('/promised_term')).toEqual({ length: 5, unit: 'working_days' })
    expect([editor.check(), editor.attempt.value, editor.dirty.value]).toEqual([false, 1, true])
    // What the server says of other places does not hide it; another group and back neither.
    editor.takeFaults([])
    expect(show(editor, 'promised_term').get('input').element.value).toBe(typed)
    await page.get('input').setValue('7')
    expect([editor.get('/promised_term'), page.find('.error').exists(), editor.check()]).toEqual([{ length: 7, unit: 'working_days' }, false, true])
  })

  it('refuse what is no number elsewhere, too', async () => {
    const editor = make()
    const page = show(editor, 'visits')
    await page.get('input').setValue('-1')
    expect([editor.get('/visits'), editor.check()]).toEqual([1, false])
    expect(page.get('.error').text()).toContain('请填写 0 至 999999 的整数')
  })

  it('have a name of their own each', () => {
    const names = show(make(), 'promised_term', 'legal_term').findAll('input, select').map((one) => one.attributes('aria-label'))
    expect(names).toEqual(['承诺时限的数值', '承诺时限的单位', '法定时限的数值', '法定时限的单位'])
  })
})
