import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import type { CounterRow } from '@/features/counter/api'
import Counter from './pages/Counter.vue'
import CounterBegin from './pages/CounterBegin.vue'
import CounterHanded from './pages/CounterHanded.vue'

const stub = { template: '<div />' }
const routes = [
  { path: '/counter', name: 'counter', component: stub },
  { path: '/counter/new', name: 'counter_begin', component: stub },
  { path: '/counter/:id', name: 'counter_fill', component: stub, props: true },
  { path: '/counter/:id/handed', name: 'counter_handed', component: stub, props: true },
]
const permissions = ['intake.counter.read', 'intake.counter.write']
const row = (more: Partial<CounterRow> = {}): CounterRow => ({
  id: 'a1', case_number: null, item_name: '失业登记', department_name: '芙蓉区人力资源和社会保障局', applicant: '欧阳*甲', state: 'draft',
  begun_by: '杨示例', handed_by: null, handed_at: null, updated_at: '2026-11-22T01:00:00Z', receipt: null, ...more,
})
const handed = row({ case_number: '430102202611220000015', state: 'received', handed_by: '杨示例', handed_at: '2026-11-22T01:05:00Z' })

afterEach(() => vi.unstubAllGlobals())

describe("the counter's list", () => {
  const open = (answer: Answer, at = '/counter', rights = permissions) => mountPage(Counter, { routes, at, permissions: rights, server: () => answer })

  it('waits, is empty with a reason, and says what failed', async () => {
    expect((await open('never')).view.find('tbody tr').exists()).toBe(false)
    expect((await open({ body: { items: [], next_cursor: null } })).view.text()).toContain('没有草稿')
    expect((await open(problem(500))).view.get('[role="alert"]').text()).toContain('r-77')
  })

  it('shows the drafts of the counter with who began them', async () => {
    const { view, sent } = await open({ body: { items: [row()], next_cursor: null } })
    expect(view.get('tbody tr').text()).toContain('欧阳*甲')
    expect(view.get('tbody tr').text()).toContain('杨示例')
    expect(view.get('tbody tr').text()).toContain('继续录入')
    expect(sent[0]?.path).toBe('/api/v1/intake/counter/applications')
    expect(sent[0]?.query.get('handed')).toBeNull()
  })

  it('shows what was handed in, and nothing to change to who only reads', async () => {
    const { view, sent } = await open({ body: { items: [handed], next_cursor: null } }, '/counter?show=handed')
    expect(view.get('tbody tr').text()).toContain('430102 20261122 000001 5')
    expect(sent[0]?.query.get('handed')).toBe('true')
    const reading = await open({ body: { items: [row()], next_cursor: null } }, '/counter', ['intake.counter.read'])
    expect(reading.view.text()).not.toContain('开始收件')
    expect(reading.view.text()).not.toContain('继续录入')
  })
})

describe('beginning at the counter', () => {
  const item = { code: 'c1', name: '失业登记', department_name: '芙蓉区人力资源和社会保障局', for_another: true, elsewhere: false }
  const server = (more: (sent: Sent) => Answer | undefined) => (sent: Sent): Answer => {
    const own = more(sent)
    if (own) return own
    if (sent.path.endsWith('/counter/items')) return { body: { items: [item], next_cursor: null } }
    return { body: { ...item, situations: [], materials: [], handling: { proxy: true } } }
  }
  const chosen = async (more: (sent: Sent) => Answer | undefined = () => undefined) => {
    const page = await mountPage(CounterBegin, { routes, at: '/counter/new', permissions, server: server(more) })
    await page.view.get('button[aria-label="选择：失业登记"]').trigger('click')
    await flushPromises()
    return page
  }
  const enter = async (view: Awaited<ReturnType<typeof chosen>>['view']) => {
    await view.get('#presented-name').setValue('欧阳测甲')
    await view.get('#presented-id_number').setValue('110105194912310021')
    await view.get('#presented-phone').setValue('13907310001')
  }

  it('sends nothing before everything is there and the document was compared', async () => {
    const { view, sent } = await chosen()
    await view.get('form.stack-wide').trigger('submit')
    await flushPromises()
    expect(view.text()).toContain('请核对身份证件后勾选')
    expect(sent.some((one) => one.method === 'POST')).toBe(false)
  })

  it('shows what the server found beside the field, until it is changed', async () => {
    const message = '公民身份号码校验不通过，请逐位核对'
    const refusal = problem(422, { code: 'intake.present_invalid', fields: [{ path: '/applicant/id_number', code: 'identity_number.checksum', args: {}, message }] })
    const { view, sent } = await chosen((one) => (one.method === 'POST' ? refusal : undefined))
    await enter(view)
    await view.get('#presented-checked').setValue(true)
    await view.get('form.stack-wide').trigger('submit')
    await flushPromises()
    const body = sent.find((one) => one.method === 'POST')?.body
    expect(body).toMatchObject({ item_code: 'c1', id_checked: true, applicant: { organisation: false, name: '欧阳测甲' } })
    expect(view.get('#presented-id_number-error').text()).toContain(message)
    expect((view.get('#presented-name').element as HTMLInputElement).value).toBe('欧阳测甲')
    await view.get('#presented-id_number').setValue('11010519491231002X')
    expect(view.find('#presented-id_number-error').exists()).toBe(false)
  })
})

describe('what was handed in', () => {
  const open = (answer: Answer) => mountPage(CounterHanded, { routes, at: '/counter/a1/handed', permissions, server: () => answer })

  it('gives the number at once and the receipt as soon as it is there', async () => {
    const early = (await open({ body: handed })).view
    expect(early.text()).toContain('430102 20261122 000001 5')
    expect(early.text()).not.toContain('打开凭证')
    const receipt = { id: 'p1', kind: 'material_receipt', number: '1', title: '申请材料接收凭证' }
    expect((await open({ body: { ...handed, receipt } })).view.text()).toContain('打开凭证')
  })
})
