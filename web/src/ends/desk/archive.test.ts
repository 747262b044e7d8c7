import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import type { Entry, List, Overview } from '@/features/archive/api'
import ArchiveListPage from '@/features/archive/ArchiveListPage.vue'
import ArchivePage from '@/features/archive/ArchivePage.vue'

const stub = { template: '<div />' }
const routes = [
  { path: '/archive', name: 'archive', component: stub },
  { path: '/archive/:id', name: 'archive_list', component: stub },
  { path: '/cases/:id', name: 'case', component: stub },
]
const clerk = ['approval.archive.read', 'approval.archive.hand_over']
const archivist = ['approval.archive.read', 'approval.archive.receive', 'approval.archive.set_up', 'approval.archive.take']
const fonds: Overview['fonds'] = {
  fonds: 'Z109', category: 'ZW', pattern: '{fonds}-{year}-{serial}', example: 'Z109-2026-1', changed_by: '谭示例', changed_at: '2026-11-20T00:00:00Z', version: 1,
}
const overview: Overview = { cases: 1, items: [{ code: 'X1', name: '失业登记', cases: 1, retention: 'ten_years' }], years: [2026], most: 200, fonds }
const waiting = { id: 'c1', number: '430102202611220000148', item_name: '失业登记', state: 'delivered', result: 'granted', ended_at: '2026-11-20T01:12:00Z', retention: 'ten_years' }
const list: List = {
  id: 'l1', number: '芙人社档移〔2026〕第001号', fonds: 'Z109', office: '芙蓉区人力资源和社会保障局', state: 'built', maker: '周示例', made_at: '2026-11-22T02:00:00Z',
  hander: null, handed_at: null, receiver: null, received_at: null, void_reason: null, voider: null, voided_at: null,
  cases: 1, packed: 1, checked: 1, failed: 0, files: 12, size: 40_000, handed_by_caller: false, version: 2,
}
const entry: Entry = {
  id: 'e1', case_id: 'c1', case_number: waiting.number, item_name: '失业登记', archive_number: 'Z109-2026-1', retention: 'ten_years', ended_at: '2026-11-20T01:12:00Z',
  state: 'packed', code: null, message: null, files: 12, size: 40_000, sum: 'ab'.repeat(32), checked_at: '2026-11-22T02:01:00Z', moved: false, reason: null, returned_by: null,
}
afterEach(() => vi.unstubAllGlobals())

describe('what waits for its archiving', () => {
  const open = (permissions: string[], more: Partial<Overview> = {}, posted?: Answer, at = '/archive') =>
    mountPage(ArchivePage, {
      routes, at, permissions,
      server: (sent: Sent) => {
        if (sent.method !== 'GET') return posted ?? { body: list }
        if (sent.path.endsWith('/cases')) return { body: { items: overview.cases > 0 ? [waiting] : [], next_cursor: null } }
        if (sent.path.endsWith('/rules')) return { body: [{ subject: 'type:20', retention: 'ten_years', basis: '', own: false, changed_by: null, version: 0 }] }
        return { body: { ...overview, ...more } }
      },
    })

  it('is ticked and put on a list', async () => {
    const { view: page, sent } = await open(clerk)
    await page.get('tbody input').setValue(true)
    await page.get('.actions .primary').trigger('click')
    await flushPromises()
    expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ ids: ['c1'] })
  })

  it('is only looked at without the right, or before there is a fonds', async () => {
    const { view: looked } = await open(archivist)
    expect(looked.find('tbody input').exists()).toBe(false)
    const { view: early } = await open(clerk, { fonds: null })
    expect(early.find('tbody input').exists()).toBe(false)
    expect(early.text()).toContain('还没有设置全宗号')
  })

  it('says why a list was not made, and keeps what was ticked', async () => {
    const { view: page } = await open(clerk, {}, problem(409))
    await page.get('tbody input').setValue(true)
    await page.get('.actions .primary').trigger('click')
    await flushPromises()
    expect(page.find('[role="alert"]').exists()).toBe(true)
    expect(page.get<HTMLInputElement>('tbody input').element.checked).toBe(true)
  })

  it('is set up by the archivist alone', async () => {
    const { view: own } = await open(archivist, {}, undefined, '/archive?show=settings')
    expect(own.find('form').exists()).toBe(true)
    const { view: seen } = await open(clerk, {}, undefined, '/archive?show=settings')
    expect(seen.find('form').exists()).toBe(false)
    expect(seen.text()).toContain('Z109-2026-1')
  })
})

describe('a hand-over list', () => {
  const open = (permissions: string[], now: Partial<List>, row: Partial<Entry> = {}) =>
    mountPage(ArchiveListPage, {
      routes, at: '/archive/l1', permissions,
      server: () => ({ body: { list: { ...list, ...now }, entries: [{ ...entry, ...row }] } }),
    })
  const button = (page: Awaited<ReturnType<typeof open>>['view'], words: string) => page.findAll('button').find((one) => one.text() === words)

  it('is handed over where every package is sound', async () => {
    const { view: page } = await open(clerk, {})
    expect(button(page, '移交')?.attributes('aria-disabled')).toBeUndefined()
    const { view: moved } = await open(clerk, {}, { moved: true })
    expect(button(moved, '移交')?.attributes('aria-disabled')).toBe('true')
    expect(button(moved, '重新打包')).toBeDefined()
  })

  it('is received by another than who handed it over', async () => {
    const { view: other } = await open(archivist, { state: 'handed_over', hander: '周示例', handed_at: '2026-11-22T03:00:00Z' })
    expect(button(other, '确认接收')).toBeDefined()
    const { view: same } = await open(archivist, { state: 'handed_over', handed_by_caller: true })
    expect(button(same, '确认接收')).toBeUndefined()
    expect(same.text()).toContain('须由其他档案员接收')
  })

  it('says what is wrong with a case', async () => {
    const { view: page } = await open(clerk, { failed: 1, packed: 0 }, { state: 'failed', code: 'approval.archive_file_missing', message: '文件不存在，无法打包：申请材料/01-证明.pdf', checked_at: null })
    expect(page.text()).toContain('申请材料/01-证明.pdf')
  })
})
