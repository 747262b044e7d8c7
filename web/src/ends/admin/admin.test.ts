import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import Audit from './pages/Audit.vue'
import Calendar from './pages/Calendar.vue'
import Channel from './pages/Channel.vue'
import Departments from './pages/Departments.vue'
import Events from './pages/Events.vue'
import Import from './pages/Import.vue'
import Item from './pages/Item.vue'
import Items from './pages/Items.vue'
import Review from './pages/Review.vue'
import Reviews from './pages/Reviews.vue'
import Staff from './pages/Staff.vue'
import Synonyms from './pages/Synonyms.vue'

const stub = { template: '<div />' }
const routes = ['home', 'items', 'import', 'departments', 'staff'].map((name) => ({ path: `/${name}`, name, component: stub })).concat([
  { path: '/items/:code', name: 'item', component: stub },
  { path: '/reviews', name: 'reviews', component: stub },
  { path: '/synonyms', name: 'synonyms', component: stub },
  { path: '/reviews/:id', name: 'review', component: stub },
  { path: '/base-items/:code', name: 'base_item', component: stub },
])
const permissions = [
  'catalogue.item.manage', 'catalogue.item.write', 'catalogue.item.publish', 'catalogue.item.review', 'catalogue.item.import', 'catalogue.department.write',
  'catalogue.calendar.write', 'identity.account.read', 'identity.account.write', 'identity.role.read', 'governance.event_log.write',
]
const list = (...items: object[]): Answer => ({ body: { items, next_cursor: null } })
const department = {
  id: 'd', code: '11430102TB0000108H', name: '芙蓉区市场监督管理局', short_name: '区市监局', kind: 'department', region: '430102', phone: '', address: '',
  enabled: true, sample: false, external_codes: [], import_names: [], version: 1, items: 3,
}
const item = {
  id: 'i', code: 'C1', name: '食品经营许可', department_code: department.code, region: '430102', status: 'published', changed: true,
  published_version: 2, version: 5, sample: false, online: true, updated_at: '2026-11-20T02:11:00Z', updated_by: '赵敏',
  under_review: false, coming_on: null,
}
const review = {
  id: 'r1', code: 'C1', name: '食品经营许可', department_code: department.code, state: 'waiting', version: 1, note: '按新办法修改。', effective_on: null,
  base_version: 2, submitted_by: '赵敏', submitted_at: '2026-11-20T02:11:00Z', decided_by: null, decided_at: null, reason: '', published_version: null,
  own: false, editors: ['赵敏'],
}
const account = {
  id: 'a', account: 'clerk_hr', kind: 'staff', name: '刘洋', phone: null, department: null, region: '430102', roles: ['clerk'], demo: false,
  locked: false, locked_until: null, must_change_password: false, version: 1, updated_at: '2026-11-20T02:00:00Z', updated_by: '赵敏',
}
const audit = {
  at: '2026-11-22T01:00:00Z', actor_id: 'u', acting_as: 'clerk', action: 'approval.case.accepted', object_kind: 'case', object_id: 'o', result: 'done', request_id: 'r',
}
const channel = {
  number: '430102202611220000018', item_name: '失业登记', department_code: 'x', department_name: '区人社局', region: '430102',
  application_version: 1, case_version: 0, case_state: '', taken_at: '2026-11-22T01:00:00Z', fed_back_at: null,
}
const lag = { group: 'approval', topic: 'tb.intake.v1', behind: 3, oldest_at: null, parked: 0, dead: 2, consumers: 1 }
const dead = {
  id: 'p', group: 'approval', topic: 'tb.intake.v1', key: '4301', kind: 'intake.application.submitted', version: 1, state: 'dead', code: 'c',
  error: '找不到事项', attempts: 9, parked_at: '2026-11-22T01:00:00Z', next_at: '2026-11-22T01:00:00Z',
}
const calendar = {
  version: '2026.1', source: null, coverage: { first_day: '2026-01-01', last_day: '2027-12-31', last_official: 2026, provisional: [2027] },
  alarm: { kind: 'provisional', missing_year: 2027, last_covered: '2027-12-31' },
  years: [{ year: 2026, status: 'official', source: null, days_off: 1, worked_rest_days: 0 }], regions: [],
}
const year = { year: 2026, status: 'official', source: null, version: '2026.1', days: [{ date: '2026-01-01', kind: 'holiday', name: '元旦', is_working: false, provisional: false }] }

const full: Record<string, Answer> = {
  '/api/v1/catalogue/departments': list(department),
  '/api/v1/catalogue/divisions/430102': { body: { name: '芙蓉区' } },
  '/api/v1/catalogue/manage/items': list(item),
  '/api/v1/identity/accounts': list(account),
  '/api/v1/identity/roles': list({ key: 'clerk', staff: true, grants: [{ permission: 'approval.case.accept', reach: 'department' }] }),
  '/api/v1/governance/audit': list(audit),
  '/api/v1/governance/channel': list(channel),
  '/api/v1/governance/event-log/lag': { body: [lag] },
  '/api/v1/governance/event-log/dead-letters': list(dead),
  '/api/v1/catalogue/calendar': { body: calendar },
  '/api/v1/catalogue/calendar/years/2026': { body: year },
}

function open(page: Component, at: string, over: Record<string, Answer> = {}, more: (sent: Sent) => Answer | undefined = () => undefined) {
  return mountPage(page, { routes, at, permissions, server: (sent) => more(sent) ?? over[sent.path] ?? full[sent.path] ?? problem(404) })
}

afterEach(() => void vi.unstubAllGlobals())

describe.each([
  ['items', Items, '/items', '/api/v1/catalogue/manage/items', list(), '还没有事项', '食品经营许可'],
  ['departments', Departments, '/departments', '/api/v1/catalogue/departments', list(), '还没有部门', '芙蓉区市场监督管理局'],
  ['staff', Staff, '/staff', '/api/v1/identity/accounts', list(), '没有符合条件的账号', '刘洋'],
  ['channel', Channel, '/home', '/api/v1/governance/channel', list(), '还没有经过中心的办件', '失业登记'],
  ['audit', Audit, '/home', '/api/v1/governance/audit', list(), '没有审计记录', '受理'],
  ['events', Events, '/home', '/api/v1/governance/event-log/lag', { body: [] } as Answer, '还没有消费组', 'tb.intake.v1'],
])('%s', (_name, page, at, path, none, emptyWords, dataWords) => {
  it('has its four states', async () => {
    const waiting = await open(page, at, { [path]: 'never' })
    expect(waiting.view.text()).not.toContain(emptyWords)
    expect(waiting.view.find('tbody tr').exists()).toBe(false)
    const failed = await open(page, at, { [path]: problem(500) })
    expect(failed.view.get('[role="alert"]').text()).toContain('r-77')
    const empty = await open(page, at, { [path]: none })
    expect(empty.view.text()).toContain(emptyWords)
    const shown = await open(page, at)
    expect(shown.view.get('tbody').text()).toContain(dataWords)
  })
})

describe('calendar', () => {
  it('has its states and warns of the year that is missing', async () => {
    expect((await open(Calendar, '/home?year=2026', { '/api/v1/catalogue/calendar/years/2026': 'never' })).view.find('.month').exists()).toBe(false)
    const failed = await open(Calendar, '/home?year=2026', { '/api/v1/catalogue/calendar/years/2026': problem(404) })
    expect(failed.view.get('[role="alert"]').text()).toContain('系统出错了')
    const shown = await open(Calendar, '/home?year=2026')
    expect(shown.view.text()).toContain('请尽快导入 2027 年放假安排')
    expect(shown.view.get('.day').text()).toContain('2026-01-01 星期四 放假 元旦')
  })
})

describe('staff', () => {
  it('locks only after a confirmation', async () => {
    const { view, sent } = await open(Staff, '/staff', {}, (one) => (one.path.endsWith('/lock') ? { body: account } : undefined))
    await view.get('tbody .danger').trigger('click')
    expect(sent.some((one) => one.method === 'POST')).toBe(false)
    await flushPromises()
    await view.get('dialog .danger').trigger('click')
    await flushPromises()
    expect(sent.find((one) => one.method === 'POST')?.path).toBe('/api/v1/identity/accounts/a/lock')
  })

  it('puts what the server found beside its field', async () => {
    const refuse = problem(422, { fields: [{ path: '/account', code: 'x', message: '登录名已被使用。' }] })
    const { view, sent } = await open(Staff, '/staff', {}, (one) => (one.method === 'POST' ? refuse : undefined))
    await view.get('header .primary').trigger('click')
    await flushPromises()
    await view.get('#account').trigger('submit')
    await flushPromises()
    expect(view.get('#account').text()).toContain('登录名已被使用。')
    expect(sent.find((one) => one.method === 'POST')?.body).toMatchObject({ phone: null, department_code: null, roles: [] })
  })
})

describe('event log', () => {
  it('replays only after a dry run that found something', async () => {
    const { view, sent } = await open(Events, '/home?tab=letters', {}, (one) =>
      one.path.endsWith('/replay') ? { body: { dead_letters: 1, followers: 2 } } : undefined,
    )
    await view.get('tbody .tools button').trigger('click')
    await flushPromises()
    const [dry, real] = view.findAll('dialog .actions button')
    await real?.trigger('click')
    expect(sent.some((one) => one.path.endsWith('/replay'))).toBe(false)
    await dry?.trigger('click')
    await flushPromises()
    expect(view.get('dialog').text()).toContain('将重新处理 1 条死信，以及排在其后的 2 条事件')
    await real?.trigger('click')
    await flushPromises()
    expect(sent.filter((one) => one.path.endsWith('/replay')).map((one) => one.body)).toEqual([
      { id: 'p', dry_run: true },
      { id: 'p', dry_run: false },
    ])
  })
})

describe('import', () => {
  it('asks for file and region before anything is sent', async () => {
    const { view, sent } = await open(Import, '/import')
    await view.get('form').trigger('submit')
    expect(view.text()).toContain('请选择清单文件')
    expect(view.text()).toContain('请填写行政区划代码')
    expect(sent).toEqual([])
  })
})

describe('an item', () => {
  const draft = { ...item, imported: false, versions: [], review: null, item: { code: 'C1', name: '食品经营许可', materials: [{ id: 'plan', name: '平面图' }], situations: [], form: null } }
  const one = '/api/v1/catalogue/manage/items/C1'
  const edit = (more?: (sent: Sent) => Answer | undefined) =>
    mountPage(Item, { routes, at: '/items/C1', permissions, server: (sent) => more?.(sent) ?? (sent.path === one ? { body: draft } : (full[sent.path] ?? problem(404))) })

  it('waits, fails, shows', async () => {
    expect((await edit((sent) => (sent.path === one ? 'never' : undefined))).view.find('.groups').exists()).toBe(false)
    expect((await edit((sent) => (sent.path === one ? problem(404) : undefined))).view.get('[role="alert"]').text()).toContain('系统出错了')
    expect((await edit()).view.find('.groups').exists()).toBe(true)
  })

  it('saves the whole working copy against the version that was read', async () => {
    const { view, sent } = await edit((one_) => (one_.method === 'PUT' ? { body: { ...item, version: 6 } } : undefined))
    await view.get('#field-name').setValue('食品经营许可（新办）')
    expect(view.text()).toContain('有未保存的修改')
    await view.findAll('button').find((button) => button.text() === '保存草稿')?.trigger('click')
    await flushPromises()
    const put = sent.find((one_) => one_.method === 'PUT')
    expect(put?.body).toMatchObject({ version: 5, item: { name: '食品经营许可（新办）', materials: [{ id: 'plan', name: '平面图' }] } })
    expect(view.text()).not.toContain('有未保存的修改')
  })

  it('locates what the check found, by group and field', async () => {
    const found = problem(422, { fields: [{ path: '/materials/0/name', code: 'x', message: '此项必填。' }] })
    const { view } = await edit((sent) => (sent.path.endsWith('/submit') ? found : undefined))
    await view.findAll('button').find((button) => button.text() === '提交审核')?.trigger('click')
    await flushPromises()
    await view.get('#submit-item').trigger('submit')
    expect(view.get('#submit-item').text()).toContain('请填写修改说明。')
    await view.get('#submit-item textarea').setValue('补充材料名称')
    await view.get('#submit-item').trigger('submit')
    await flushPromises()
    expect(view.get('.summary').text()).toContain('材料 1 › 材料名称：此项必填。')
    await view.get('.summary a').trigger('click')
    await flushPromises()
    expect(view.get('#field-materials-0-name-error').text()).toContain('此项必填。')
  })

  it('tells what was submitted and lets nothing be changed meanwhile', async () => {
    const held = { ...draft, under_review: true, review }
    const { view, sent } = await edit((sent_) => {
      if (sent_.path === one) return { body: held }
      return sent_.path.endsWith('/take-back') ? { body: { ...review, state: 'taken_back' } } : undefined
    })
    expect(view.text()).toContain('赵敏 已于 2026-11-20 10:11 提交审核')
    expect(view.findAll('button').some((button) => button.text() === '提交审核')).toBe(false)
    expect(view.get<HTMLInputElement>('#field-name').element.readOnly).toBe(true)
    await view.findAll('button').find((button) => button.text() === '撤回')?.trigger('click')
    await view.get('dialog[open] .primary').trigger('click')
    await flushPromises()
    expect(sent.find((one_) => one_.path.endsWith('/take-back'))?.body).toEqual({ version: 1, reason: '' })
  })

  it('keeps what was typed when somebody else was faster', async () => {
    const conflict = problem(409, { args: { by: '王五', at: '2026-11-22T01:44:00Z' } })
    const { view } = await edit((sent) => (sent.method === 'PUT' ? conflict : undefined))
    await view.get('#field-name').setValue('改过的名称')
    await view.findAll('button').find((button) => button.text() === '保存草稿')?.trigger('click')
    await flushPromises()
    expect(view.text()).toContain('本事项刚由 王五 于 2026-11-22 09:44 修改')
    expect(view.get<HTMLInputElement>('#field-name').element.value).toBe('改过的名称')
  })
})

describe('a review', () => {
  const detail = { ...review, changes: [{ path: '/summary', kind: 'changed', from: '旧', to: '新' }], faults: [] as object[] }
  const look = (body: object, more?: (sent: Sent) => Answer | undefined) =>
    mountPage(Review as Component, { routes, at: '/reviews/r1', permissions, server: (sent) => more?.(sent) ?? (sent.path.endsWith('/r1') ? { body } : (full[sent.path] ?? list())) })

  it('shows the differences and approves for the day that was chosen', async () => {
    const { view, sent } = await look(detail, (one) => (one.path.endsWith('/approve') ? { body: { ...review, state: 'scheduled' } } : undefined))
    expect(view.text()).toContain('简要说明')
    await view.findAll('input[type="radio"]')[1]?.setValue(true)
    await view.findAll('button').find((button) => button.text() === '通过')?.trigger('click')
    expect(view.text()).toContain('请选择施行日期。')
    await view.get('input[type="date"]').setValue('2026-12-01')
    await view.findAll('button').find((button) => button.text() === '通过')?.trigger('click')
    await view.get('dialog[open] .primary').trigger('click')
    await flushPromises()
    const body = sent.find((one) => one.path.endsWith('/approve'))?.body
    expect(body).toEqual({ version: 1, at_once: false, effective_on: '2026-12-01', remark: '' })
  })

  it('lets nobody decide on his own version, and tells what stands against it', async () => {
    const { view } = await look({ ...detail, own: true, faults: [{ path: '/summary', code: 'x', message: '此项必填。' }] })
    expect(view.text()).toContain('须由没有参与编辑的其他人审核')
    expect(view.text()).toContain('简要说明：此项必填。')
    expect(view.findAll('button').some((button) => button.text() === '通过')).toBe(false)
  })

  it('tells in what the submitted version deviates from its base item', async () => {
    const base = { item: { code: '432099001000', name: '失业登记' }, status: 'published', abolished_on: null, deviations: [{ path: '/name', base: '失业登记', item: '就业登记' }] }
    const { view } = await look(detail, (sent) => (sent.path.endsWith('/items/C1') ? { body: { ...item, base } } : undefined))
    await flushPromises()
    expect(view.text()).toContain('就业登记')
  })

  it('says to whoever may not review who does', async () => {
    const { view } = await mountPage(Review as Component, {
      routes, at: '/reviews/r1', permissions: permissions.filter((one) => one !== 'catalogue.item.review'), server: (sent) => (sent.path.endsWith('/r1') ? { body: detail } : (full[sent.path] ?? list())),
    })
    expect(view.text()).toContain('您的岗位可以查看，不能审核')
    expect(view.findAll('button').some((button) => button.text() === '通过')).toBe(false)
  })

  it('lists what waits first', async () => {
    const answer: Answer = { body: { items: [review], next_cursor: null, waiting: 1 } }
    const { view } = await mountPage(Reviews as Component, { routes, at: '/reviews', permissions, server: (one) => (one.path.endsWith('/reviews') ? answer : (full[one.path] ?? list())) })
    expect(view.text()).toContain('按新办法修改。')
    expect(view.get<HTMLSelectElement>('select').element.value).toBe('waiting')
  })
})

describe('synonyms', () => {
  const group = { id: 's1', words: ['驾照', '机动车驾驶证'], note: '', version: 3, updated_at: '2026-11-20T02:11:00Z', updated_by: '赵敏' }
  const look = (more: (sent: Sent) => Answer | undefined) =>
    mountPage(Synonyms as Component, { routes, at: '/synonyms', permissions, server: (one) => more(one) ?? list(group) })

  it('takes words as people part them, and tells what is wrong in its place', async () => {
    const wrong = problem(422, { fields: [{ path: '/words/1', code: 'x', message: '“驾照”已在另一组中：驾照、机动车驾驶证。' }] })
    const { view, sent } = await look((one) => (one.method === 'POST' ? wrong : undefined))
    await view.findAll('button').find((button) => button.text() === '新增一组')?.trigger('click')
    await view.get('#synonym textarea').setValue('车本，驾照\n 驾驶证')
    await view.get('#synonym').trigger('submit')
    await flushPromises()
    expect(sent.find((one) => one.method === 'POST')?.body).toEqual({ words: ['车本', '驾照', '驾驶证'], note: '' })
    expect(view.get('#synonym').text()).toContain('已在另一组中')
    expect(view.get<HTMLTextAreaElement>('#synonym textarea').element.value).toContain('车本')
  })

  it('removes the group as it was read', async () => {
    const { view, sent } = await look((one) => (one.path.endsWith('/remove') ? { body: group } : undefined))
    await view.get('[aria-label="删除：驾照、机动车驾驶证"]').trigger('click')
    await view.get('dialog[open] .danger').trigger('click')
    await flushPromises()
    expect(sent.find((one) => one.path.endsWith('/s1/remove'))?.body).toEqual({ version: 3 })
  })
})

it('tells somebody who may not make items nothing of making them', async () => {
  const none = (sent: Sent): Answer => (sent.path.endsWith('/manage/items') ? list() : (full[sent.path] ?? list()))
  const look = async (rights: string[]) => (await mountPage(Items as Component, { routes, at: '/items', permissions: rights, server: none })).view.text()
  expect(await look(['catalogue.item.manage'])).not.toContain('新建事项')
  expect(await look(['catalogue.item.manage', 'catalogue.item.write'])).toContain('可以新建事项')
})
