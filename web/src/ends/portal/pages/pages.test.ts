/** Every page in its four states: waiting, failed, empty, filled; and what leads on from it. */
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useSession } from '@/core/session'
import { routes } from '../routes'

type Json = Record<string, unknown>
const read = (path: string) => JSON.parse(readFileSync(`../crates/tongban/demo/${path}`, 'utf8')) as Json
const item: Json = { ...read('items/unemployment_registration.json'), version: 1, online: true }
const card = { ...item, promised_term: { length: 5, unit: 'working_days' }, visits: 0 }
const sentence = (key: string, text: string) => ({ key, args: {}, text })
const application = {
  id: 'a1', case_number: '430102202611220000015', item_code: 'c', item_name: '失业登记', department_name: '芙蓉区人力资源和社会保障局',
  channel: 'pc', state: 'examining', version: 3, standing: sentence('s', '已受理，正在审查'), next_action: sentence('intake.next.wait', '请等待'),
  editable: 'nothing', applicant: { name: '张示例', id_number: '', phone: '', agent_name: '' }, situations: [], situation_answers: {},
  form_document: item.form, form: { name: '张示例' }, materials: [], attachments: [], correction: null,
  timeline: [{ kind: 'submitted', text: '您提交了申请', at: '2026-11-22T01:00:00Z', office: '' }],
  papers: [{ id: 'p1', kind: 'x', number: '1', title: '受理通知书' }], withdrawal_pending: false, result: null, proxy: null, batch: null,
  applicant_due: null, legal_due: '2026-12-04', promised_due: '2026-11-27', derivation: null, rating: null, letters: [], results: [], fee: null, may_write: false,
  created_at: '2026-11-22T01:00:00Z', updated_at: '2026-11-22T01:00:00Z', submitted_at: '2026-11-22T01:00:00Z', needs_action: false,
}
const draft = { ...application, state: 'draft', case_number: null, editable: 'all', situations: item.situations, next_action: sentence('intake.next.fill_in', '请继续填写') }
const correcting = {
  ...application, state: 'correcting', editable: 'listed', next_action: sentence('intake.next.correct', '请补正'),
  correction: { fields: ['/name'], materials: [], reason: '姓名与证件不一致', due: '2026-12-04', open: true },
}
const message = { id: 'm1', application_id: 'a1', kind: 'x', title: '已收件', body: '办件编号', created_at: '2026-11-22T01:00:00Z', read_at: null }
const profile = { account: 'ci***', kind: 'person', name: '张*例', citizen_id: '4301**********9986', phone: null, enterprise: null, unmasked: false }
const list = (...items: unknown[]) => ({ items, next_cursor: null, meant: [] })
const theme = { name: '就业创业', icon: '业', audience: 'person', items: 1 }
const office = { code: 'd1', name: '芙蓉区民政局', short_name: '区民政局', region: '430102', kind: 'department', phone: '', address: '', items: 1 }

const efficiency = {
  at: '2026-11-22T01:00:00Z', yesterday: '2026-11-21', yesterday_ended: 31, last_month: '2026-10-01', last_month_accepted: 812, last_month_ended: 790,
  year_accepted: 2_345, year_ended: 2_210, total_accepted: 2_345, total_ended: 2_210, year_in_time: 987, year_good: 990,
  year_times: { gross_mean: 900, gross_p50: 780, gross_p90: 2_340, net_mean: 800, net_p50: 585, net_p90: 1_950 },
}
const shownCase = {
  number: '430102****0015', item_name: '食品经营许可', item_code: 'c', office: '芙蓉区市场监督管理局', applicant: '长沙湘味***有限公司', state: 'examining',
  result: null, accepted_on: '2026-11-20', ended_on: null, changed_at: '2026-11-20T02:00:00Z', sample: true,
}
const permit = { id: 'p1', holder: '长沙样例餐饮有限公司', content: '食品经营许可', document_number: '长样许字〔2026〕1号', office: '芙蓉区市场监督管理局', decided_on: '2026-11-20' }
const dataset = {
  name: 'permits', title: '行政许可公示信息', about: '按国家字段归集', renewed: 'realtime', licence: 'CC-BY-4.0', csv: '/p.csv', json: '/p.json',
  fields: [{ name: 'xk_nr', title: '许可内容', title_en: 'What is permitted' }],
}

const GOOD: Record<string, unknown> = {
  '/catalogue/items': list(card), '/catalogue/items/c': item, '/catalogue/themes': list(theme), '/catalogue/hot': list(card),
  '/catalogue/departments': list(office), '/catalogue/figures': { items: 1147, online_items: 12, departments: 42, data_at: '2026-11-22T01:00:00Z' },
  '/intake/applications': list(application), '/intake/applications/a1': application, '/intake/messages': list(message),
  '/insight/efficiency': efficiency, '/insight/published-cases': list(shownCase), '/insight/permits': list(permit), '/insight/open-data': [dataset],
  '/intake/messages/unread-count': { unread: 1 }, '/identity/profile': profile, '/intake/rating-tags': [],
}

let good = GOOD
let broken: 'pending' | 500 | 404 | undefined
let page: VueWrapper | undefined

beforeEach(() => {
  document.body.innerHTML = ''
  broken = undefined
  good = GOOD
  setActivePinia(createPinia())
  vi.stubGlobal('fetch', (url: string) => {
    const path = url.replace('/api/v1', '').split('?')[0] ?? ''
    if (broken === 'pending') return new Promise(() => undefined)
    const body = broken === undefined ? good[path] : undefined
    const status = broken ?? (body === undefined ? 404 : 200)
    return Promise.resolve(new Response(JSON.stringify(body ?? { code: 'x', detail: '系统出错了', request_id: 'r-7' }), { status: Number(status) }))
  })
})
afterEach(() => {
  page?.unmount()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open(path: string, mayApply = true) {
  const session = useSession()
  session.session = {
    account: { id: '1', name: '王小芳', kind: 'person', roles: ['citizen'], department: null, region: null, enterprise: null },
    permissions: mayApply ? ['intake.application.read', 'intake.application.write'] : [],
    expires_at: '2099-01-01T00:00:00Z',
  }
  session.status = 'signed_in'
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  page = mount(RouterView, { global: { plugins: [router, [VueQueryPlugin, { queryClient: client }]] }, attachTo: document.body })
  await flushPromises()
  await vi.dynamicImportSettled()
  await flushPromises()
  return { page, router }
}

type Case = [name: string, path: string, filled: string, empty: [Record<string, unknown>, string]]
const NONE = list()
const PAGES: Case[] = [
  ['home', '/', '1,147', [{ '/catalogue/themes': NONE, '/intake/applications': NONE }, '还没有办件']],
  ['person', '/person', '就业创业', [{ '/catalogue/themes': NONE }, '暂时没有主题分类']],
  ['items', '/items?q=登记', '失业登记', [{ '/catalogue/items': NONE }, '没有找到相关事项']],
  ['departments', '/departments', '芙蓉区民政局', [{ '/catalogue/departments': NONE }, '没有找到部门']],
  ['guide', '/items/c', '您目前是哪种情况', [{ '/catalogue/items/c': undefined }, '没有找到这个事项']],
  ['apply', '/items/c/apply', '需要准备的材料', [{ '/catalogue/items/c': { ...item, online: false } }, '暂不能网上办理']],
  ['publicity', '/publicity', '430102****0015', [{ '/insight/published-cases': NONE }, '没有符合条件的公示信息']],
  ['permits', '/publicity?tab=permits', '长样许字〔2026〕1号', [{ '/insight/permits': NONE }, '没有符合条件的许可信息']],
  ['open data', '/open-data', '行政许可公示信息', [{ '/insight/open-data': [] }, '数据开放']],
  ['cases', '/applications', '已受理，正在审查', [{ '/intake/applications': NONE }, '还没有办件']],
  ['case', '/applications/a1', '受理通知书', [{ '/intake/applications/a1': undefined }, '没有找到这个办件']],
  ['receipt', '/applications/a1/receipt', '430102 20261122 000001 5', [{ '/intake/applications/a1': undefined }, '没有找到这个办件']],
  ['messages', '/messages', '已收件', [{ '/intake/messages': NONE }, '还没有消息']],
  ['profile', '/profile', '4301**********9986', [{ '/identity/profile': { ...profile, citizen_id: null } }, '未填写']],
]

describe.each(PAGES)('%s', (_name, path, filled, [nothing, empty]) => {
  it('is filled', async () => {
    const opened = await open(path)
    expect(opened.page.text()).toContain(filled)
    expect(opened.page.find('[role="alert"]').exists()).toBe(false)
    expect(opened.page.findAll('h1')).toHaveLength(1)
  })

  it('says what failed, with the request number and a way to try again', async () => {
    broken = 500
    const opened = await open(path)
    const alert = opened.page.get('[role="alert"]')
    expect(alert.text()).toContain('系统出错了')
    expect(alert.text()).toContain('r-7')
    broken = undefined
    for (const button of opened.page.findAll('[role="alert"] button')) await button.trigger('click')
    await flushPromises()
    expect(opened.page.text()).toContain(filled)
  })

  it('says that there is nothing, and why', async () => {
    good = { ...GOOD, ...nothing }
    expect((await open(path)).page.text()).toContain(empty)
  })

  it('waits with a skeleton', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    broken = 'pending'
    const opened = await open(path)
    expect(opened.page.find('.skeleton').exists()).toBe(false)
    vi.advanceTimersByTime(350)
    await flushPromises()
    expect(opened.page.find('.skeleton').exists()).toBe(true)
  })
})

it('says before an item is filed a second time where the first one stands', async () => {
  expect((await open('/items/c/apply')).page.text()).toContain('您申请过本事项')
  good = { ...GOOD, '/intake/applications': NONE }
  page?.unmount()
  expect((await open('/items/c/apply')).page.text()).not.toContain('您申请过本事项')
})

it('fills in a draft and leaves anything else alone', async () => {
  good = { ...GOOD, '/intake/applications/a1': draft }
  const filling = await open('/applications/a1/fill')
  expect(filling.page.text()).toContain('申请步骤')
  expect(filling.page.text()).toContain('申请人基本情况')
  filling.page.unmount()
  good = GOOD
  const other = await open('/applications/a1/fill')
  expect(other.router.currentRoute.value.name).toBe('case')
})

it('corrects what is listed, and says where nothing is', async () => {
  good = { ...GOOD, '/intake/applications/a1': correcting }
  const correction = await open('/applications/a1/correct')
  expect(correction.page.text()).toContain('姓名与证件不一致')
  expect(correction.page.find('#field-name').exists()).toBe(true)
  expect(correction.page.find('#field-citizen_id').exists()).toBe(false)
  correction.page.unmount()
  good = GOOD
  expect((await open('/applications/a1/correct')).page.text()).toContain('现在没有需要补正的内容')
})

it('tells which originals to bring where, and until when', async () => {
  const words = '原件：居民身份证。地点：芙蓉区政务服务中心（八一路 1 号）。'
  const waiting = {
    ...application, state: 'awaiting_originals', applicant_due: '2026-12-04', next_action: sentence('intake.next.bring_originals', '带原件到现场核验。'),
    timeline: [{ kind: 'pre_review_passed', text: '预审通过', at: '2026-11-22T01:00:00Z', office: '区人社局', words }],
  }
  good = { ...GOOD, '/intake/applications/a1': waiting }
  const opened = await open('/applications/a1')
  for (const told of ['待交验原件', '带原件到现场核验', '请您办理的最后日期2026年12月4日', words]) expect(opened.page.text()).toContain(told)
})

describe('words that go out only at a button', () => {
  const closed = { ...application, state: 'closed', next_action: sentence('intake.next.rate', '请评价') }
  type Opened = Awaited<ReturnType<typeof open>>
  const withdraw = async ({ page: shown }: Opened) => {
    await shown.findAll('button').find((one) => one.text() === '申请撤回')?.trigger('click')
    await flushPromises()
    await shown.get('dialog textarea').setValue('已在窗口办理')
    await shown.findAll('dialog button').find((one) => one.text() === '取消')?.trigger('click')
  }
  const CASES: [string, Json, string, (opened: Opened) => Promise<unknown>][] = [
    ['the remark of a correction', correcting, '/applications/a1/correct', ({ page: shown }) => shown.get('textarea').setValue('姓名与户口簿一致')],
    ['a rating', closed, '/applications/a1', ({ page: shown }) => shown.get('#rating textarea').setValue('办得很快')],
    ['the reason of a withdrawal', application, '/applications/a1', withdraw],
  ]

  it.each(CASES)('%s: not lost without a question', async (_name, body, path, write) => {
    good = { ...GOOD, '/intake/applications/a1': body }
    const ask = vi.fn(() => false)
    vi.stubGlobal('confirm', ask)
    const opened = await open(path)
    await opened.router.push('/messages')
    expect([ask.mock.calls.length, opened.router.currentRoute.value.path]).toEqual([0, '/messages'])
    await opened.router.push(path)
    await flushPromises()
    await vi.dynamicImportSettled()
    await write(opened)
    await opened.router.push('/messages')
    expect([ask.mock.calls.length, opened.router.currentRoute.value.path]).toEqual([1, path])
  })

  it('keeps the reason of a withdrawal while the dialog is closed', async () => {
    const opened = await open('/applications/a1')
    await withdraw(opened)
    await opened.page.findAll('button').find((one) => one.text() === '申请撤回')?.trigger('click')
    await flushPromises()
    expect((opened.page.get('dialog textarea').element as HTMLTextAreaElement).value).toBe('已在窗口办理')
  })
})

it('asks for number and password before it asks the server, and shows progress', async () => {
  good = { ...GOOD, '/intake/progress': { ...application, applicant_name: '张*例' } }
  const query = await open('/progress')
  await query.page.get('form').trigger('submit')
  await flushPromises()
  expect(query.page.get('[role="alert"]').text()).toContain('有 2 处需要修改')
  await query.page.get('#progress-number').setValue('430102 20261122 000001 5')
  await query.page.get('#progress-password').setValue('123456')
  await query.page.get('form').trigger('submit')
  await flushPromises()
  expect(query.page.text()).toContain('张*例')
  good = GOOD
  await query.page.get('form').trigger('submit')
  await flushPromises()
  expect(query.page.get('[role="alert"]').text()).toContain('没有查到')
})

it('invites to sign in where nobody is', async () => {
  const opened = await open('/')
  useSession().status = 'anonymous'
  await flushPromises()
  expect(opened.page.text()).toContain('登录后查看办件进度')
})

it('tells staff on the home page why there are no cases of theirs, and does not ask for them', async () => {
  const { page: home } = await open('/', false)
  expect(home.text()).toContain('您的账号没有申请事项的权限')
  expect(home.text()).not.toContain('还没有办件')
})
