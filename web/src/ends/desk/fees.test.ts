import { flushPromises } from '@vue/test-utils'
import { useQueryClient } from '@tanstack/vue-query'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import type { CaseView } from '@/features/case/api'
import CaseFees from '@/features/case/CaseFees.vue'
import type { CaseFees as Fees, FeeOrder } from '@/features/fee/api'

const PATH = '/api/v1/approval/cases/c1/fees'
const order = (more: Partial<FeeOrder> = {}): FeeOrder => ({
  id: 'o1', version: 1, state: 'noticed', lines: [{ name: '工本费', basis: '某号', standard: '', unit_amount: 2000, quantity: 2 }], amount: 4000, due: 4000, paid: 0, refunded: 0,
  refunding: 0, kept: 0, code: '43010226000000000017', pay_by: '2026-12-07', paid_at: null, receipt: null, issuer: '系统', created_at: '2026-11-23T02:00:00Z', payable: true,
  open: true, request: null, refusal: null, payments: [], ...more,
})
const asked = { what: 'reduction', asker: 'applicant', reason: '家庭困难', asked_at: '2026-11-23T03:00:00Z', sum: null, opinion: '', proposer: null, files: [] } as const
const fees = (more: Partial<Fees> = {}): Fees => ({
  platform: '模拟缴费平台', chargeable: false, fees: [], orders: [order()], proof: [], said: [], ...more,
})
const item = { fee: 0, name: '评审费', basis: '某号', standard: '', reduction: '', unit_amount: null, quantity: 1, charged: true }
const handles = ['approval.fee.read', 'approval.fee.handle']

afterEach(() => vi.unstubAllGlobals())

/** The tab of a case whose version other hands may raise. */
async function tab(server: (sent: Sent) => Answer, permissions = handles) {
  const version = ref(1)
  const page = defineComponent({
    setup() {
      useQueryClient()
      return () => h(CaseFees, { view: { id: 'c1', version: version.value } as CaseView })
    },
  })
  const opened = await mountPage(page, { routes: [{ path: '/case', component: { template: '<div />' } }], at: '/case', permissions, server })
  const { view } = opened
  const press = async (label: string) => {
    const found = view.findAll('button').find((one) => one.text() === label)
    if (!found) throw new Error(`no button ${label} in ${view.text()}`)
    await found.trigger(found.attributes('type') === 'submit' ? 'submit' : 'click')
    await flushPromises()
  }
  const moves = async () => {
    version.value += 1
    await flushPromises()
  }
  return { ...opened, press, moves }
}

describe('the fees of a case', () => {
  it('wait, fail with a number to name, and are none with a reason', async () => {
    expect((await tab(() => 'never')).view.find('article').exists()).toBe(false)
    expect((await tab(() => problem(500))).view.text()).toContain('r-77')
    expect((await tab(() => ({ body: fees({ orders: [] }) }))).view.text()).toContain('还没有缴款单')
  })

  it('keep what is being written while the case moves on', async () => {
    let now = fees()
    const { view, press, moves } = await tab(() => ({ body: now }))
    await press('提出意见')
    await view.get('textarea').setValue('低保对象减半')
    // A letter came: nothing of the order has changed.
    await moves()
    expect((view.get('textarea').element as HTMLTextAreaElement).value).toBe('低保对象减半')
    // A reminder went out: the order has moved, and it can be proposed still.
    now = fees({ orders: [order({ version: 2 })] })
    await moves()
    expect((view.get('textarea').element as HTMLTextAreaElement).value).toBe('低保对象减半')
    expect(view.text()).toContain('请核对后再提交')
    // It was paid: there is nothing to be reduced, only money to give back.
    now = fees({ orders: [order({ version: 3, state: 'cancelled', payable: false, open: false })] })
    await moves()
    expect(view.find('textarea').exists()).toBe(false)
    expect(view.text()).toContain('刚才的操作已不适用')
  })

  it('say who was faster, with the words kept', async () => {
    let now = fees()
    const { view, press, sent } = await tab((one) => {
      if (one.method === 'GET') return { body: now }
      now = fees({ orders: [order({ version: 2 })] })
      return problem(409, { code: 'approval.fee_moved', title: '缴款单刚刚有变化，请刷新后再操作。' })
    })
    await press('作废缴款单')
    await view.get('textarea').setValue('数量有误')
    await press('作废缴款单')
    expect(sent.filter((one) => one.method === 'GET')).toHaveLength(2)
    expect((view.get('textarea').element as HTMLTextAreaElement).value).toBe('数量有误')
    await press('作废缴款单')
    const posts = sent.filter((one) => one.method === 'POST')
    expect(posts.map((one) => one.body)).toEqual([{ version: 1, reason: '数量有误' }, { version: 2, reason: '数量有误' }])
  })

  it('offer a refusal for what is asked, and no taking back over his head', async () => {
    let now = fees({ orders: [order({ request: { ...asked, files: [] } })] })
    const { view, press, sent } = await tab((one) => {
      if (one.method === 'POST') now = fees({ orders: [order({ version: 2, refusal: '不符' })] })
      return { body: now }
    })
    const labels = view.findAll('button').map((one) => one.text())
    expect(labels).toContain('不予批准')
    expect(labels).not.toContain('作废缴款单')
    expect(labels).not.toContain('批准')
    await press('不予批准')
    await press('不予批准')
    expect(view.text()).toContain('请填写理由')
    await view.get('textarea').setValue('不符')
    await press('不予批准')
    expect(sent.find((one) => one.method === 'POST')).toMatchObject({ path: `${PATH}/o1/refuse`, body: { version: 1, reason: '不符' } })
    expect(view.text()).toContain('答复申请人：不符')
    expect(view.text()).not.toContain('刚有变化')
  })

  it('let nobody act who only reads, and show what is left to pay and what was said', async () => {
    const said = [{ kind: 'fee_request_refused', at: '2026-11-23T03:00:00Z', by: '杨示例', words: '并非低保对象' }] as const
    const { view } = await tab(() => ({ body: fees({ orders: [order({ paid: 1500, kept: 1500 })], said: [...said] }) }), ['approval.fee.read'])
    expect(view.findAll('button')).toHaveLength(0)
    expect(view.text()).toContain('还应缴')
    expect(view.text()).toContain('25.00')
    expect(view.text()).toContain('并非低保对象')
  })

  it('are issued by hand with a sum that a clerk fixes', async () => {
    let now = fees({ orders: [], chargeable: true, fees: [item] })
    const { view, press, sent } = await tab((one) => {
      if (one.method === 'POST') now = fees({ orders: [order({ state: 'preparing', payable: false })] })
      return { body: now }
    })
    await press('开具缴款通知')
    await press('开具')
    expect(view.text()).toContain('请填写大于 0、最多两位小数的金额')
    expect(sent.some((one) => one.method === 'POST')).toBe(false)
    await view.findAll('input:not([type=checkbox])')[0]?.setValue('12.34')
    await view.findAll('input:not([type=checkbox])')[1]?.setValue('3')
    expect(view.text()).toContain('37.02')
    await press('开具')
    expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ lines: [{ fee: 0, unit_amount: 1234, quantity: 3 }] })
    expect(view.text()).toContain('开单中')
  })

  it('keep the lines when another order was faster', async () => {
    const { view, press } = await tab((one) =>
      one.method === 'GET' ? { body: fees({ orders: [], chargeable: true, fees: [item] }) } : problem(409, { code: 'approval.fee_open', title: '这个办件已有缴款单，不能再开。' }))
    await press('开具缴款通知')
    await view.findAll('input:not([type=checkbox])')[0]?.setValue('12.34')
    await press('开具')
    expect((view.get('input:not([type=checkbox])').element as HTMLInputElement).value).toBe('12.34')
    expect(view.get('[role="alert"]').text()).not.toBe('')
  })
})
