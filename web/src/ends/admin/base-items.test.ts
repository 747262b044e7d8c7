import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { mountPage, problem, type Answer, type Sent } from '../../../checks/mount'
import BaseItem from './pages/BaseItem.vue'
import BaseItems from './pages/BaseItems.vue'
import Import from './pages/Import.vue'
import Items from './pages/Items.vue'

const stub = { template: '<div />' }
const routes = [
  ...['home', 'items', 'import'].map((name) => ({ path: `/${name}`, name, component: stub })),
  { path: '/items/:code', name: 'item', component: stub },
  { path: '/base-items', name: 'base_items', component: stub },
  { path: '/base-items/:code', name: 'base_item', component: stub },
]
const permissions = ['catalogue.item.manage', 'catalogue.item.write', 'catalogue.item.import', 'catalogue.base_item.write']
const API = '/api/v1/catalogue/manage/base-items'
const row = {
  code: '432099001000', name: '失业登记', item_type: '20', status: 'published', changed: false, published_version: 1, version: 2, sample: true,
  effective_from: '2025-01-01', abolished_on: null, updated_at: '2026-11-20T02:11:00Z', updated_by: '赵敏', implementations: 1,
}
const says = { code: row.code, name: row.name, item_type: '20', organ: '人力资源和社会保障', levels: ['city', 'county'], legal_term: { length: 5, unit: 'working_days' }, legal_bases: [], note: '', effective_from: '2025-01-01', sample: true }
const follower = {
  base_code: row.code, base_name: row.name, base_status: 'published', abolished_on: null, code: 'C1', name: '失业登记', department_code: 'D', department_name: '芙蓉区人力资源和社会保障局',
  region: '430102', status: 'published', changed: false, to_follow: true, deviations: [{ path: '/legal_term', base: { length: 5, unit: 'working_days' }, item: { length: 10, unit: 'working_days' } }],
}
const whole = {
  ...row, abolished_reason: '', item: says, published: says, versions: [{ version: 1, published_at: '2026-11-20T02:11:00Z', published_by: '赵敏' }],
  implementers: [follower], missing: [{ code: '11430100TB000001X1', name: '长沙市人力资源和社会保障局', region: '4301' }],
}
const facets = [{ name: 'status', values: [{ value: 'published', label: 'published', count: 14 }] }, { name: 'item_type', values: [{ value: '20', label: '20', count: 6 }] }]
const list = (...items: object[]): Answer => ({ body: { items, next_cursor: null, facets } })
const server = (sent: Sent): Answer => {
  if (sent.path === `${API}/to-follow`) return list(follower)
  if (sent.path === API) return list(row)
  if (sent.path === `${API}/${row.code}`) return { body: whole }
  return list()
}
const open = (page: unknown, at: string, more: (sent: Sent) => Answer | undefined = () => undefined, rights = permissions) =>
  mountPage(page as Component, { routes, at, permissions: rights, server: (sent) => more(sent) ?? server(sent) })
const press = (view: Awaited<ReturnType<typeof open>>['view'], text: string) => view.findAll('button').find((one) => one.text() === text && !one.attributes('disabled'))?.trigger('click')

afterEach(() => vi.useRealTimers())

describe('the base catalogue', () => {
  it('counts states and types, and narrows by the address', async () => {
    const { view, sent } = await open(BaseItems, '/base-items?status=published&item_type=20')
    expect(view.text()).toContain('失业登记')
    expect(view.text()).toContain('公共服务（6）')
    expect(view.text()).toContain('已发布14')
    const asked = sent.find((one) => one.path === API && one.query.get('facets') === null)
    expect([asked?.query.get('status'), asked?.query.get('item_type')]).toEqual(['published', '20'])
  })

  it('shows who has to follow, and in what', async () => {
    const { view } = await open(BaseItems, '/base-items?show=follow')
    expect(view.text()).toContain('目录为“5 工作日”，实施清单为“10 工作日”')
  })

  it('offers nothing to write to somebody who may only look', async () => {
    const { view } = await open(BaseItems, '/base-items', undefined, ['catalogue.item.manage'])
    expect(view.text()).not.toContain('新增基本目录事项')
    expect((await open(Import, '/import?tab=base', undefined, ['catalogue.item.import'])).view.text()).not.toContain('基本目录导入')
  })
})

describe('one base item', () => {
  it('names the offices that implement it and those that do not', async () => {
    const { view } = await open(BaseItem, `/base-items/${row.code}`)
    expect(view.text()).toContain('已实施（1）')
    expect(view.text()).toContain('法定时限')
    expect(view.text()).toContain('长沙市人力资源和社会保障局')
  })

  it('is saved as it was read, and tells what is wrong in its place', async () => {
    const wrong = problem(422, { fields: [{ path: '/levels', code: 'x', message: '此项必填。' }] })
    const { view, sent } = await open(BaseItem, `/base-items/${row.code}`, (one) => (one.method === 'PUT' ? wrong : undefined))
    await view.findAll('[role=tab]').find((one) => one.text().startsWith('目录内容'))?.trigger('click')
    await view.get('input[id$="organ"]').setValue('人社')
    await press(view, '保存')
    await flushPromises()
    expect(sent.find((one) => one.method === 'PUT')?.body).toMatchObject({ version: 2, item: { organ: '人社', levels: ['city', 'county'] } })
    expect(view.text()).toContain('此项必填。')
  })

  it('is abolished for a reason, from a day', async () => {
    const saved = { code: row.code, status: 'abolished', changed: false, published_version: 1, version: 3, updated_at: '2026-11-20T02:11:00Z', updated_by: '赵敏' }
    const { view, sent } = await open(BaseItem, `/base-items/${row.code}`, (one) => (one.path.endsWith('/abolish') ? { body: saved } : undefined))
    await press(view, '废止')
    const dialog = view.get('dialog[open]')
    await dialog.get('.danger').trigger('click')
    expect(sent.some((one) => one.path.endsWith('/abolish'))).toBe(false)
    await dialog.get('textarea').setValue('并入就业登记')
    await dialog.get('input[type=date]').setValue('2027-01-01')
    await dialog.get('.danger').trigger('click')
    await flushPromises()
    expect(sent.find((one) => one.path.endsWith('/abolish'))?.body).toEqual({ version: 2, reason: '并入就业登记', abolished_on: '2027-01-01' })
  })
})

it('gives a new item the name, type, code and laws of its base item', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const office = { id: 'd', code: '11430102TB00000871', name: '芙蓉区人力资源和社会保障局', short_name: '', kind: 'department', region: '430102', phone: '', address: '', enabled: true, sample: true, external_codes: [], import_names: [], version: 1, items: 0 }
  const { view, sent } = await open(Items, '/items', (one) => {
    if (one.path.endsWith('/catalogue/departments')) return list(office)
    return one.method === 'POST' ? { body: { code: 'x' } } : undefined
  })
  await press(view, '新建事项')
  const dialog = view.get('dialog[open]')
  await dialog.get('input[type=search]').setValue('失业')
  vi.advanceTimersByTime(300)
  await flushPromises()
  await dialog.get('.option').trigger('click')
  const selects = dialog.findAll('select')
  await selects[0]?.setValue(office.code)
  await dialog.get('form').trigger('submit')
  await flushPromises()
  expect(sent.find((one) => one.method === 'POST')?.body).toMatchObject({
    item: { code: '11430102TB000008714432099001000', name: '失业登记', item_type: '20', legal_term: { length: 5, unit: 'working_days' }, legal_bases: [] },
  })
})
