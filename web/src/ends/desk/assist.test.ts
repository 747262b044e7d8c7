import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import type { Help, HelpRow } from '@/features/assist/api'
import Assist from './pages/Assist.vue'
import AssistRequest from './pages/AssistRequest.vue'

const stub = { template: '<div />' }
const routes = [
  { path: '/assist', name: 'assist', component: stub },
  { path: '/assist/:id', name: 'assist_request', component: stub, props: true },
  { path: '/assist/drafts/:id', name: 'assist_fill', component: stub, props: true },
]
const permissions = ['intake.assist.desk', 'intake.assist.fill']
const row: HelpRow = {
  id: 'h1', item_name: '失业登记', department_name: '芙蓉区人力资源和社会保障局', name: '张*例', place: 'online', state: 'open', light: 'yellow',
  contact_by: '2026-11-24', assistant: null, outcome: null, created_at: '2026-11-23T01:00:00Z',
}
const help = (more: Partial<Help> = {}): Help => ({
  id: 'h1', version: 1, application_id: 'a1', item_code: 'c1', item_name: '失业登记', department_name: '芙蓉区人力资源和社会保障局', name: '张*例', phone: '199****0001',
  reason: '看不清屏幕', preferred: '', place: 'online', ground: null, address: '', state: 'open', light: 'green', contact_by: '2026-11-24', contacted_at: null,
  assistant: null, mine: false, consents: [], notes: [{ kind: 'asked', by: '', words: '', at: '2026-11-23T01:00:00Z' }], outcome: null, created_at: '2026-11-23T01:00:00Z',
  closed_at: null, ...more,
})
const consent = { assistant: '邹示例', may: 'fill' as const, given_at: '2026-11-23T02:00:00Z', until_on: '2026-11-30', in_force: true, ended_at: null, paper: [] }

afterEach(() => vi.unstubAllGlobals())

describe('the desk of assistants', () => {
  const open = (answer: Answer, at = '/assist') => mountPage(Assist, { routes, at, permissions, server: () => answer })

  it('waits, is empty with a reason, and says what failed', async () => {
    expect((await open('never')).view.find('tbody tr').exists()).toBe(false)
    expect((await open({ body: { items: [], next_cursor: null } })).view.text()).toContain('没有等待接单的申请')
    expect((await open(problem(500))).view.get('[role="alert"]').text()).toContain('r-77')
  })

  it('lights what waits for the first contact', async () => {
    const { view, sent } = await open({ body: { items: [row], next_cursor: null } }, '/assist?show=mine')
    expect(view.get('tbody tr').text()).toContain('张*例')
    expect(view.get('tbody .lamp').classes()).toContain('yellow')
    expect(sent[0]?.query.get('show')).toBe('mine')
  })
})

describe('one request', () => {
  const open = (now: Help, after: (sent: Sent) => Answer | undefined = () => undefined) =>
    mountPage(AssistRequest, { routes, at: '/assist/h1', permissions, server: (sent) => after(sent) ?? { body: now } })

  it('is taken from the version that was seen', async () => {
    const mine = help({ version: 2, state: 'taken', assistant: '邹示例', mine: true })
    let taken = false
    const { view, sent } = await open(help(), (one) => {
      taken ||= one.method === 'POST'
      return taken ? { body: mine } : undefined
    })
    const take = view.findAll('button').find((one) => one.text() === '接单')
    await take?.trigger('click')
    await flushPromises()
    expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ version: 1 })
    expect(view.text()).toContain('申请人还没有授权')
  })

  it('leads into the draft with consent alone', async () => {
    const without = await open(help({ state: 'taken', mine: true }))
    expect(without.view.text()).not.toContain('进入草稿代填')
    const within = await open(help({ state: 'taken', mine: true, consents: [consent] }))
    expect(within.view.text()).toContain('进入草稿代填')
    const other = await open(help({ state: 'taken', assistant: '熊示例', consents: [consent] }))
    expect(other.view.text()).not.toContain('进入草稿代填')
    expect(other.view.text()).not.toContain('办结')
  })
})
