/** The form on the page: errors beside the field and in the summary, rows, cascade, corrections. */
import { flushPromises, mount } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { Answers, FormDocument } from './document'
import type { Division, FormSources } from './environment'
import FormAnswers from './FormAnswers.vue'
import FormView from './FormView.vue'
import { useForm, type Form, type FormOptions } from './useForm'

const example = JSON.parse(readFileSync('../crates/engines/forms/tests/example.form.json', 'utf8')) as FormDocument
const tree: (Division & { parent?: string })[] = [
  { code: '43', name: '湖南省', level: 'province', leaf: false },
  { code: '430100', name: '长沙市', level: 'city', leaf: false, parent: '43' },
  { code: '430102', name: '芙蓉区', level: 'district', leaf: false, parent: '430100' },
  { code: '430102001', name: '文艺路街道', level: 'town', leaf: false, parent: '430102' },
  { code: '430102001001', name: '韭菜园社区', level: 'community', leaf: true, parent: '430102001' },
]
const plain = ({ code, name, level, leaf }: Division): Division => ({ code, name, level, leaf })
const path = (code: string): Division[] => {
  const row = tree.find((one) => one.code === code)
  return row ? [...(row.parent === undefined ? [] : path(row.parent)), plain(row)] : []
}
const sources: FormSources = {
  children: (parent) => Promise.resolve(tree.filter((one) => one.parent === parent).map(plain)),
  path: (code) => Promise.resolve(path(code)),
  table: () => Promise.resolve([{ value: 'other', label: '其他' }, { value: 'dismissed', label: '辞退' }]),
  send: () => () => Promise.reject(new Error('not used')),
  file: () => undefined,
  max_bytes: 1000,
}

function show(answers: Answers, options: Partial<FormOptions> = {}, props: object = {}, view: object = FormView) {
  let form: Form | undefined
  const done = vi.fn()
  const page = mount(
    defineComponent({
      setup() {
        form = useForm({ document: example, answers, sources, ...options })
        return () => h(view, { ...props, onDone: done })
      },
    }),
    { attachTo: document.body },
  )
  if (!form) throw new Error('no form')
  return { page, form, done }
}

beforeEach(() => {
  document.body.innerHTML = ''
})

describe('what the account is verified as', () => {
  const kept: FormDocument = {
    key: 'f', title: '表',
    sections: [{ key: 's', title: '人', fields: [{ key: 'name', label: '姓名', kind: 'text', required: true, prefill: 'account.name', verified: true }] }],
  }

  it('stands there to read, until the server says that it differs', async () => {
    const { page, form } = show({ name: '张示例' }, { document: kept })
    await flushPromises()
    expect(page.find('#field-name').exists()).toBe(false)
    expect(page.text()).toContain('张示例')
    expect(page.text()).toContain('来自实名认证')
    form.takeFaults([{ path: '/name', code: 'intake.field.not_verified', message: '不一致' }])
    await flushPromises()
    expect(page.get('#field-name-error').text()).toContain('不一致')
    await page.get('#field-name').setValue('张示例２')
    expect(page.find('#field-name').exists()).toBe(true)
  })

  it('is asked for where the account says nothing', async () => {
    const { page } = show({}, { document: kept })
    await flushPromises()
    await page.get('#field-name').setValue('张')
    expect(page.find('#field-name').exists()).toBe(true)
  })
})

describe('filling in', () => {
  it('says what is wrong on leaving, what is missing on handing in, in the same words', async () => {
    const { page, form, done } = show({})
    await flushPromises()
    const id = page.get('#field-citizen_id')
    await id.setValue('110105194912310021')
    await id.trigger('blur')
    expect(page.text()).toContain('公民身份号码校验不通过，请逐位核对')
    expect(page.text()).not.toContain('请填写姓名')
    await page.get('form').trigger('submit')
    await flushPromises()
    const summary = page.get('[role="alert"]')
    expect(document.activeElement).toBe(summary.element)
    expect(summary.get('h2').text()).toBe(`有 ${form.summary().length} 处需要修改`)
    for (const link of summary.findAll('a')) {
      const target = link.attributes('href')?.slice(1) ?? ''
      expect(document.getElementById(target), target).not.toBeNull()
      expect(page.get(`#${target}-error`).text()).toContain(link.text())
    }
    expect(done).not.toHaveBeenCalled()
  })

  it('writes numbers as the server will store them', async () => {
    const { page, form } = show({})
    const phone = page.get('#field-phone')
    await phone.setValue('+86 １３８ 0000 1234')
    await phone.trigger('blur')
    expect(form.get('/phone')).toBe('13800001234')
  })

  it('asks one section after the other', async () => {
    const { page, done } = show(
      { name: '王小芳', citizen_id: '11010519491231002X', phone: '13800001234', address: '1 号', residence: { code: '430102001001' } },
      {},
      { paged: true },
    )
    await flushPromises()
    expect(page.findAll('section')).toHaveLength(1)
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.get('section h2').text()).toBe('失业情况')
    expect(document.activeElement?.id).toBe('section-work')
    expect(done).not.toHaveBeenCalled()
  })

  it('shows what the server found until the answer changes', async () => {
    const { page, form } = show({ name: '王小芳' })
    const rest = form.takeFaults([
      { path: '/name', code: 'x', message: '姓名与公民身份号码不一致' },
      { path: '/version', code: 'y', message: '其他' },
    ])
    await flushPromises()
    expect(rest.map((one) => one.path)).toEqual(['/version'])
    expect(page.get('#field-name-error').text()).toContain('姓名与公民身份号码不一致')
    await page.get('#field-name').setValue('王晓芳')
    expect(page.find('#field-name-error').exists()).toBe(false)
  })

  it('hides what does not apply and drops it from the submission, not from the draft', async () => {
    const { page, form } = show({ worked_before: 'yes', employer: '某公司' })
    expect(page.find('#field-employer').exists()).toBe(true)
    form.set('/worked_before', 'no')
    await flushPromises()
    expect(page.find('#field-employer').exists()).toBe(false)
    expect(form.draft().employer).toBe('某公司')
    expect(form.normal().employer).toBeUndefined()
  })

  it('knows what is not saved yet', () => {
    const { form } = show({})
    form.set('/name', '王')
    const at = form.revision.value
    form.set('/name', '王小芳')
    form.markSaved(at)
    expect(form.dirty.value).toBe(true)
    form.markSaved(form.revision.value)
    expect(form.dirty.value).toBe(false)
  })
})

describe('division', () => {
  it('goes down to the community, keeping half a choice', async () => {
    const { page, form } = show({})
    await flushPromises()
    await page.get('#field-residence').setValue('430102')
    await flushPromises()
    expect(form.get('/residence')).toEqual({ code: '430102', names: ['湖南省', '长沙市', '芙蓉区'] })
    form.check()
    expect(form.errorOf('/residence')).toBe('常住地没有选择到规定的级别，请继续选择')
    await page.get('#field-residence-1').setValue('430102001')
    await flushPromises()
    await page.get('#field-residence-2').setValue('430102001001')
    await flushPromises()
    expect(form.errorOf('/residence')).toBeUndefined()
    expect(form.get('/residence')).toMatchObject({ code: '430102001001' })
  })

  it('shows a stored choice again', async () => {
    const { page } = show({ residence: { code: '430102001001' } })
    await flushPromises()
    const values = page.findAll('#field-residence, #field-residence-1, #field-residence-2')
    expect(values.map((one) => (one.element as HTMLSelectElement).value)).toEqual(['430102', '430102001', '430102001001'])
  })
})

describe('rows', () => {
  it('come with focus in their first field and go after a question', async () => {
    const { page, form } = show({})
    await page.get('#field-family').trigger('click')
    await flushPromises()
    expect(document.activeElement?.id).toBe('field-family-0-name')
    await page.get('#field-family-0-name').setValue('李国强')
    await page.get('.remove').trigger('click')
    expect(form.get('/family')).toHaveLength(1)
    await flushPromises()
    await page.get('dialog .danger').trigger('click')
    await flushPromises()
    expect(form.get('/family')).toEqual([])
  })

  it('say what they lack when they are handed in, not when they are new', () => {
    const { form } = show({ family: [{}] })
    form.check('family')
    expect(form.errorOf('/family/0/name')).toBe('请填写姓名')
    form.addRow('/family')
    expect(form.errorOf('/family/1/name')).toBeUndefined()
    form.check('family')
    expect(form.errorOf('/family/1/name')).toBe('请填写姓名')
  })

  it('are named in the summary', () => {
    const { form } = show({ family: [{ name: '李' }, {}] })
    form.check('family')
    expect(form.summary('family').map((one) => one.message)).toContain('家庭成员 2：请填写姓名')
  })
})

it('says what is wrong behind the click that leaves a field, so that the button stays under the pointer', async () => {
  const { page } = show({})
  await flushPromises()
  const id = page.get('#field-citizen_id')
  await id.setValue('110105194912310021')
  window.dispatchEvent(new Event('pointerdown'))
  await id.trigger('blur')
  expect(page.text()).not.toContain('公民身份号码校验不通过')
  window.dispatchEvent(new Event('pointerup'))
  await new Promise((done) => setTimeout(done, 1))
  await flushPromises()
  expect(page.text()).toContain('公民身份号码校验不通过')
})

describe('correction', () => {
  const only = [{ path: '/worked_before', reason: '与社保记录不一致' }]

  it('marks a listed part of which nothing is said', async () => {
    const { page } = show({ worked_before: 'yes' }, { only: [{ path: '/worked_before', reason: '' }] })
    await flushPromises()
    expect(page.findAll('.question .notice').map((one) => one.text())).toEqual(['请补正本项'])
  })

  it('opens the listed fields and what hangs on them, nothing else', async () => {
    const { page, form, done } = show({ worked_before: 'yes', employer: '某公司', left_on: '2026-01-01' }, { only })
    await flushPromises()
    expect(page.find('#field-name').exists()).toBe(false)
    expect(page.find('#field-employer').exists()).toBe(true)
    expect(page.text()).toContain('与社保记录不一致')
    expect(form.mayEdit('/reason')).toBe(false)
    // What is wrong elsewhere is not for this correction.
    await page.get('form').trigger('submit')
    expect(done).toHaveBeenCalledTimes(1)
  })
})

it('reads the answers back in words', async () => {
  const answers = { worked_before: 'no', reason: 'dismissed', last_salary: '1234.5', wishes: ['training', 'startup'], family: [{ name: '李', relation: 'child' }] }
  const { page } = show(answers, {}, {}, FormAnswers)
  await flushPromises()
  for (const words of ['未填写', '否', '辞退', '¥1,234.50', '职业培训、创业服务', '家庭成员 1', '子女']) expect(page.text()).toContain(words)
  expect(page.text()).not.toContain('原工作单位')
})

describe('how far a section is', () => {
  const two: FormDocument = {
    key: 'f',
    title: '',
    sections: [
      { key: 'a', title: '甲', fields: [{ key: 'name', label: '姓名', kind: 'text', required: true }] },
      { key: 'b', title: '乙', fields: [{ key: 'note', label: '备注', kind: 'text' }] },
    ],
  }
  const words = (page: ReturnType<typeof show>['page']) => page.findAll('.steps li').map((one) => one.text())

  it('is remembered in the answers, not in the page', async () => {
    const { page, form } = show({ name: '王' }, { document: two }, { paged: true, section: 'b' })
    await flushPromises()
    expect(words(page)[0]).toContain('已完成')
    expect([form.stateOf('a'), form.stateOf('b')]).toEqual(['done', 'done'])
  })

  it('says the same in the bar as in the list', async () => {
    const { page, form } = show({}, { document: two }, { paged: true, section: 'b' })
    await flushPromises()
    expect([form.stateOf('a'), words(page)[0]]).toEqual(['todo', expect.stringContaining('未开始')])
    form.see('a')
    await flushPromises()
    expect([form.stateOf('a'), words(page)[0]]).toEqual(['begun', expect.stringContaining('填写中')])
    form.noteFaults([{ path: '/name', code: 'x', message: '太长' }])
    expect([form.stateOf('a'), form.attempt.value]).toEqual(['wrong', 0])
  })

  it('of a correction is not done before somebody looked', () => {
    const { form } = show({ name: '王', note: '' }, { document: two, only: [{ path: '/name', reason: '' }] })
    expect(form.stateOf('a')).toBe('todo')
    form.see('a')
    expect(form.stateOf('a')).toBe('done')
  })
})
