/** Rows within rows, with files in them. */
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { StoredFile } from '@/ui/files'
import type { Answers, FormDocument } from './document'
import type { FormSources } from './environment'
import FormAnswers from './FormAnswers.vue'
import FormView from './FormView.vue'
import { restrictTo } from './restrict'
import { byPlace, placeName } from './trail'
import { useForm, type Form, type FormOptions } from './useForm'

const staff: FormDocument = {
  key: 'staff',
  title: '从业人员',
  sections: [{
    key: 'staff',
    title: '从业人员',
    fields: [
      { key: 'kind', label: '类别', kind: 'text' },
      { key: 'staff', label: '从业人员', row_title: '人员', kind: 'repeat', fields: [
        { key: 'name', label: '姓名', kind: 'text', required: true },
        { key: 'papers', label: '健康证明', row_title: '证明', kind: 'repeat', fields: [
          { key: 'number', label: '编号', kind: 'text', required: true },
          { key: 'why', label: '说明', kind: 'text', visible_when: { field: 'number', op: 'equals', value: '无' } },
          { key: 'extra', label: '补充', kind: 'text', visible_when: { field: 'kind', op: 'equals', value: 'a' } },
          { key: 'scan', label: '扫描件', kind: 'attachment' },
        ] },
      ] },
    ],
  }],
}

const full = (): Answers => ({
  kind: 'a',
  staff: [
    { name: '甲', papers: [{ number: '1', scan: ['f1'] }, { number: '2', scan: ['f2'] }] },
    { name: '乙', papers: [{ number: '3', scan: ['f3'] }] },
  ],
})

/** Uploads end when the test says so. */
let arrive: ((file: StoredFile) => void)[] = []
const sources: FormSources = {
  children: () => Promise.resolve([]),
  path: () => Promise.resolve([]),
  table: () => Promise.resolve([]),
  send: () => () => new Promise((resolve) => arrive.push(resolve)),
  file: (id) => ({ id, name: `${id}.png` }),
  max_bytes: 1000,
}

function show(answers: Answers, options: Partial<FormOptions> = {}, view: object = FormView) {
  let form: Form | undefined
  const page = mount(
    defineComponent({
      setup() {
        form = useForm({ document: staff, answers, sources, ...options })
        return () => h(view)
      },
    }),
    { attachTo: document.body },
  )
  if (!form) throw new Error('no form')
  return { page, form }
}

beforeEach(() => {
  document.body.innerHTML = ''
  arrive = []
})

it('names and orders places however deep they lie', () => {
  expect(placeName(staff, '/staff/0/papers/1/scan')).toBe('人员 1 · 证明 2 · 扫描件')
  expect(placeName(staff, '/staff/0/papers/1')).toBe('人员 1 · 证明 2')
  expect(placeName(staff, '/staff')).toBe('从业人员')
  expect(placeName(staff, '/gone')).toBeUndefined()
  const paths = ['/gone', '/staff/1/name', '/staff/0/papers/1/scan', '/staff/0/papers/1/number', '/staff/0/papers/0/scan', '/staff/0/name', '/staff', '/kind']
  expect(paths.toSorted(byPlace(staff))).toEqual(paths.toReversed())
})

describe('a correction of one place in one row of a row', () => {
  const listed = ['/staff/0/papers/1/number']

  it('opens that place and what hangs on it, and nothing else', () => {
    const { mayEdit, reaches } = restrictTo(staff, listed)
    expect(['number', 'why'].map((key) => mayEdit(`/staff/0/papers/1/${key}`))).toEqual([true, true])
    for (const path of ['/staff/0/papers/1/scan', '/staff/0/papers/1', '/staff/0/papers', '/staff/0/papers/0/number', '/staff/1/papers/1/number', '/staff/0/name', '/staff', '/kind']) {
      expect(mayEdit(path), path).toBe(false)
    }
    expect(['/staff', '/staff/0/papers', '/staff/1/papers', '/kind'].map(reaches)).toEqual([true, true, false, false])
  })

  it('opens in every row what hangs on a listed field outside the rows', () => {
    const { mayEdit, reaches } = restrictTo(staff, ['/kind'])
    expect(mayEdit('/staff/1/papers/0/extra')).toBe(true)
    expect(mayEdit('/staff/1/papers/0/number')).toBe(false)
    expect(reaches('/staff/1/papers')).toBe(true)
  })

  it('has one control on the page, the others are read, rows too', async () => {
    const { page } = show(full(), { only: [{ path: listed[0] ?? '', reason: '看不清' }] })
    await flushPromises()
    expect(page.findAll('input').map((one) => one.element.id)).toEqual(['field-staff-0-papers-1-number'])
    expect(page.text()).toContain('看不清')
    expect(page.text()).toContain('f3.png')
    expect(page.findAll('.remove')).toHaveLength(0)
  })
})

it('gives a file to the row it was chosen in, though a row above it has gone meanwhile', async () => {
  const { page, form } = show(full())
  await flushPromises()
  const input = page.get('#field-staff-1-papers-0-scan').element as HTMLInputElement
  Object.defineProperty(input, 'files', { value: [new File(['x'], 'new.png')] })
  await page.get('#field-staff-1-papers-0-scan').trigger('change')
  form.removeRow('/staff', 0)
  await flushPromises()
  arrive[0]?.({ id: 'f9', name: 'new.png' })
  await flushPromises()
  expect(form.get('/staff')).toEqual([{ name: '乙', papers: [{ number: '3', scan: ['f3', 'f9'] }] }])
})

it('reads rows of rows back, and names them in the summary', () => {
  const { page } = show(full(), {}, FormAnswers)
  expect(page.findAll('.group-title').map((one) => one.text())).toEqual(['人员 1', '人员 1 · 证明 1', '人员 1 · 证明 2', '人员 2', '人员 2 · 证明 1'])
  expect(page.text()).toContain('f2.png')
  const { form } = show({ staff: [{ name: '甲', papers: [{}] }] })
  form.check('staff')
  expect(form.summary('staff').map((one) => one.message)).toEqual(['人员 1 · 证明 1：请填写编号'])
})
