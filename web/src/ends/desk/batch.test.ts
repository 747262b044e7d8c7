import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import type { Batch, BatchRow } from '@/features/batch/api'
import BatchPage from './pages/Batch.vue'
import Batches from './pages/Batches.vue'
import Cases from './pages/Cases.vue'

const stub = { template: '<div />' }
const routes = ['todo', 'cases', 'case', 'batches', 'batch', 'home'].map((name) => ({
  path: name === 'home' ? '/' : /^(case|batch)$/.test(name) ? `/${name === 'case' ? 'cases' : 'batches'}/:id` : `/${name}`, name, component: stub,
}))
const permissions = ['approval.case.read', 'approval.case.batch']
const batch: Batch = {
  id: 'b1', command: 'accept', source: 'file', encoding: 'GB18030', state: 'draft', total: 500, counts: { ready: 497, barred: 3 }, window_seconds: 600,
  words: { reason: '', kind: null, outcome: null, result: null, way: null, granted: null, days: null, successor: null },
  created_at: '2026-11-22T02:00:00Z', starts_at: null, started_at: null, ended_at: null,
}
const row: BatchRow = {
  seq: 251, line: 252, number: '', case_id: null, item_name: '', state: 'barred', code: 'approval.number_shortened', reason: '办件编号被缩写成了科学计数法',
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T02:01:00Z'), toFake: ['Date', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const posted = (sent: Sent[]) => sent.filter((one) => one.method === 'POST').map((one) => one.path)

describe('a batch', () => {
  const open = (now: Partial<Batch>, more: (sent: Sent) => Answer | undefined = () => undefined) =>
    mountPage(BatchPage, {
      routes, at: '/batches/b1', permissions,
      server: (sent) => more(sent) ?? (sent.path.endsWith('/rows') ? { body: { items: [row], next_cursor: null } } : { body: { ...batch, ...now } }),
    })

  it('says what the trial found and what confirming means, and starts once', async () => {
    const { view: page, sent } = await open({})
    expect(page.text()).toContain('预检完成：497 件可办，3 件不可办')
    expect(page.text()).toContain('等待 10:00')
    expect(page.text()).toContain('科学计数法')
    expect(posted(sent)).toEqual([])
    await page.get('.notice .primary').trigger('click')
    await flushPromises()
    expect(posted(sent)).toEqual(['/api/v1/approval/batches/b1/start'])
  })

  it('has nothing to confirm where nothing passed', async () => {
    const { view: page } = await open({ counts: { barred: 500 } })
    expect(page.find('.notice .primary').exists()).toBe(false)
    expect(page.text()).toContain('没有可以办理的办件')
  })

  it('can be revoked whole in its window', async () => {
    const { view: page, sent } = await open({ state: 'scheduled', starts_at: '2026-11-22T02:03:30Z' })
    expect(page.text()).toContain('2:30 后开始办理')
    await page.get('.notice .danger').trigger('click')
    await flushPromises()
    expect(posted(sent)).toEqual(['/api/v1/approval/batches/b1/stop'])
  })

  it('shows its progress over the rows that were to be done', async () => {
    const { view: page } = await open({ state: 'running', counts: { ready: 100, done: 397, barred: 3 } })
    const bar = page.get('progress')
    expect([bar.attributes('value'), bar.attributes('max')]).toEqual(['397', '497'])
  })

  it('says what failed and keeps the page', async () => {
    const { view: page } = await open({}, (sent) => (sent.method === 'POST' ? problem(409) : undefined))
    await page.get('.notice .primary').trigger('click')
    await flushPromises()
    expect(page.find('[role="alert"]').exists()).toBe(true)
    expect(page.text()).toContain('497 件可办')
  })
})

describe('one’s batches', () => {
  const open = (items: Batch[]) => mountPage(Batches, { routes, at: '/batches', permissions, server: (sent) => ({ body: sent.method === 'POST' ? batch : { items, next_cursor: null } }) })

  it('are listed with what was done and what was not', async () => {
    const { view: page } = await open([{ ...batch, state: 'finished', counts: { done: 490, refused: 7, barred: 3 } }])
    expect(page.findAll('tbody td').map((cell) => cell.text())).toEqual(['受理', '按编号文件', '2026-11-22 10:00', '已完成', '500', '490', '10'])
  })

  it('asks for action and list before anything is sent', async () => {
    const { view: page, sent } = await open([])
    expect(page.text()).toContain('还没有批次')
    await page.get('.actions .primary').trigger('click')
    await page.get('form').trigger('submit')
    expect(page.text()).toContain('请选择要办理的操作')
    expect(page.text()).toContain('请选择文件，或粘贴办件编号')
    await page.get('select').setValue('accept')
    await page.get('textarea').setValue('430102202611220000148')
    await page.get('form').trigger('submit')
    await flushPromises()
    const made = sent.find((one) => one.method === 'POST')
    expect(made?.body).toEqual({ pick: { by: 'list', file: btoa('430102202611220000148') }, command: 'accept', words: {} })
  })
})

describe('ticked cases', () => {
  const item = {
    id: 'c1', number: '430102202611220000148', item_name: '失业登记', applicant: '张**', state: 'received', light: 'green', step_overdue: false,
    procedure_overdue: false, due_kind: 'acceptance', due: '2026-11-24', remaining_working_days: 1, alarm: null, step: null, handler: null,
    submitted_at: '2026-11-20T01:12:00Z', channel: 'pc', withdrawal_pending: false, result: null, supervised: false, letter_since: null, fee_stage: null, labels: [],
  }
  const server = (sent: Sent): Answer => {
    if (sent.path.endsWith('/counts')) return { body: { states: {}, lights: {}, mine: 0, withdrawals: 0, supervised: 0, letters: 0, opinions: 0, mentions: 0, fees: {} } }
    if (sent.path.endsWith('/labels')) return { body: [] }
    if (sent.path.endsWith('/options')) {
      const all = JSON.stringify(sent.body).includes('"filter"')
      return { body: { total: all ? 500 : 1, commands: [{ command: 'accept', possible: all ? 480 : 1, impossible: all ? 20 : 0 }] } }
    }
    return { body: { items: [item], next_cursor: 'more' } }
  }
  const open = (allowed: string[]) =>
    mountPage({ ...Cases, props: { todo: { default: false } } } as never, { routes, at: '/cases?state=received', permissions: allowed, server })

  it('offer only what is possible, with counts, for them or for all that match', async () => {
    const { view: page, sent } = await open(permissions)
    await page.get('tbody input').setValue(true)
    await flushPromises()
    expect(page.get('.actions').text()).toContain('1 件可办')
    const all = page.findAll('.chosen button').find((one) => one.text().includes('全部办件'))
    await all?.trigger('click')
    await flushPromises()
    expect(page.get('.chosen').text()).toContain('全部 500 件')
    expect(page.get('.actions').text()).toContain('480 件可办，20 件不可办')
    expect(sent.findLast((one) => one.path.endsWith('/options'))?.body).toMatchObject({ pick: { by: 'filter', state: 'received' } })
  })

  it('cannot be ticked without the right', async () => {
    const { view: page } = await open(['approval.case.read'])
    expect(page.find('tbody input').exists()).toBe(false)
  })
})
