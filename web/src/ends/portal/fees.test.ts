import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import FeeCard from '@/features/application/FeeCard.vue'
import type { Application, ApplicationFee } from '@/features/application/types'
import Cashier from './pages/Cashier.vue'

const stub = { template: '<div />' }
const CODE = '43010226000000000017'
const fee = (more: Partial<ApplicationFee> = {}): ApplicationFee => ({
  state: 'noticed', lines: [{ name: '工本费', basis: '某号', standard: '每证20元', unit_amount: 2000, quantity: 1 }], amount: 2000, due: 2000, paid: 0, refunded: 0,
  pay_by: '2026-12-07', code: CODE, pay_url: `/cashier/${CODE}`, paid_at: null, receipt: null, request: null, refusal: '', refundable: false, earlier: [], payable: true,
  askable: ['reduction', 'exemption'], ...more,
})

afterEach(() => vi.unstubAllGlobals())

async function card(shown: ApplicationFee, server: (sent: Sent) => Answer = () => 'never') {
  const page = defineComponent({ setup: () => () => h(FeeCard, { application: { id: 'a1' } as Application, fee: shown }) })
  return mountPage(page, { routes: [{ path: '/', component: stub }, { path: '/cashier/:code', component: stub }], at: '/', permissions: [], server })
}

describe('the fee of a case', () => {
  it('says by when it is to be paid, and leads to the cashier', async () => {
    const { view } = await card(fee())
    expect(view.text()).toContain('12月7日')
    expect(view.get('a').attributes('href')).toContain(`/cashier/${CODE}`)
    expect(view.findAll('button').map((one) => one.text())).toEqual(['申请减征', '申请免征'])
  })

  it('waits for a new code, and for an answer', async () => {
    const { view } = await card(fee({ payable: false, code: null, pay_url: null, askable: [], state: 'reduced', due: 1000 }))
    expect(view.text()).toContain('正在生成缴款码')
    expect(view.find('a').exists()).toBe(false)
    const waiting = await card(fee({ request: 'reduction', askable: [] }))
    expect(waiting.view.text()).toContain('减征申请已提交')
  })

  it('tells what is left of a part, and what came by earlier notices', async () => {
    const earlier = [{ paid: 4000, refunded: 1000, paid_at: '2026-11-24T02:00:00Z', receipt: '样1' }]
    const { view } = await card(fee({ paid: 500, earlier }))
    expect(view.text()).toContain('还应缴')
    expect(view.text()).toContain('15.00')
    const before = view.get('ul[aria-label="以前的缴款"]').text()
    expect(before).toContain('40.00')
    expect(before).toContain('样1')
    expect(before).toContain('已退')
    expect((await card(fee())).view.find('ul[aria-label="以前的缴款"]').exists()).toBe(false)
  })

  it.each<[ApplicationFee['state'], string]>([['paid', '费用已缴清'], ['exempt', '不用缴款'], ['lapsed', '缴款期限已过'], ['cancelled', '请不要再缴款']])('says how it ended: %s', async (state, words) => {
    const { view } = await card(fee({ state, payable: false, askable: [] }))
    expect(view.text()).toContain(words)
    expect(view.find('a').exists()).toBe(false)
  })

  it('keeps the reason that was written where asking fails', async () => {
    const asked: string[] = []
    /** The server refuses: somebody has settled it meanwhile. */
    class Refusing extends EventTarget {
      readonly upload = new EventTarget()
      readonly status = 409
      readonly responseText = JSON.stringify({ code: 'intake.fee_not_askable', title: '现在不能提出这项申请', detail: '', status: 409, request_id: 'r-78', args: {}, fields: [] })
      open = (_: string, path: string) => asked.push(path)
      setRequestHeader = () => undefined
      getResponseHeader = () => null
      send = () => this.dispatchEvent(new Event('load'))
    }
    vi.stubGlobal('XMLHttpRequest', Refusing)
    const { view } = await card(fee())
    await view.findAll('button')[0]?.trigger('click')
    await view.get('textarea').setValue('家庭困难')
    await view.get('form').trigger('submit')
    await flushPromises()
    expect(asked).toEqual(['/api/v1/intake/applications/a1/fee-requests?what=reduction'])
    expect((view.get('textarea').element as HTMLTextAreaElement).value).toBe('家庭困难')
    expect(view.get('[role="alert"]').text()).toContain('现在不能提出这项申请')
  })
})

describe('the cashier', () => {
  const bill = (state: string, receipt: string | null = null) => ({ body: { code: CODE, subject: '补领', amount: 2000, state, receipt } })
  const open = (server: (sent: Sent) => Answer) =>
    mountPage(Cashier, { routes: [{ path: '/cashier/:code', component: stub, props: true }, { path: '/applications/:id', name: 'case', component: stub }], at: `/cashier/${CODE}?back=a1`, permissions: [], server })

  it('says what it is, waits, and says what failed', async () => {
    expect((await open(() => 'never')).view.text()).toContain('不会发生真实扣款')
    expect((await open(() => problem(404))).view.text()).toContain('r-77')
  })

  it('takes the money, and leads back to the case', async () => {
    const { view, sent } = await open((one) => (one.method === 'POST' ? bill('paid', '样7') : bill('open')))
    await view.get('form').trigger('submit')
    await flushPromises()
    expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ lost: false })
    expect(view.text()).toContain('样7')
    expect(view.find('form').exists()).toBe(false)
    expect(view.findAll('a').some((one) => one.attributes('href') === '/applications/a1')).toBe(true)
  })

  it.each([['closed', '已经关闭'], ['expired', '已经过期']])('takes none for what is %s', async (state, words) => {
    const { view } = await open(() => bill(state))
    expect(view.text()).toContain(words)
    expect(view.find('form').exists()).toBe(false)
  })

  it('looks again where the bill was closed meanwhile', async () => {
    let closed = false
    const { view } = await open((one) => {
      if (one.method !== 'POST') return bill(closed ? 'closed' : 'open')
      closed = true
      return problem(409, { code: 'approval.simulator_refused' })
    })
    await view.get('form').trigger('submit')
    await flushPromises()
    expect(view.text()).toContain('已经关闭')
  })
})
