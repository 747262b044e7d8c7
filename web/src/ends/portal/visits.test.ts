/** Booking a visit and one's own visits: every state, and what the server is asked. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mountPage, problem, type Sent } from '../../../checks/mount'
import MyVisits from './pages/MyVisits.vue'
import BookVisit from './pages/BookVisit.vue'
import { routes } from './routes'

const HALL = '/api/v1/hall'
const slot = (hour: string, left: number) => ({ starts_at: `2026-11-24T${hour}:00:00Z`, ends_at: `2026-11-24T${hour}:30:00Z`, left })
const days = [
  { day: '2026-11-23', note: '系统升级', slots: [] },
  { day: '2026-11-24', note: '', slots: [slot('01', 0), slot('02', 2)] },
]
const place = {
  id: 's1', name: '芙蓉区社保服务大厅', office: '芙蓉区人社局', address: '样例路 1 号', phone: '', counters: [{ key: 'c1', name: '3 号窗口' }],
  confirmation: 'staff', answer_hours: 4, close_minutes: 60,
}
const visit = {
  id: 'v1', number: '12345678', state: 'requested', place: { id: 's1', name: place.name, address: place.address, phone: '', counter_key: 'c1', counter: '3 号窗口' },
  starts_at: '2026-11-24T02:00:00Z', ends_at: '2026-11-24T02:30:00Z', item_code: 'I1', item_name: '失业登记', case_number: null, application_id: null,
  who: { name: '张示例', phone: '', enterprise: '' }, reason: '', offered: null, answer_until: '2026-11-23T06:00:00Z', acts: ['cancel', 'change'],
  created_at: '2026-11-23T02:00:00Z', version: 1,
}
const standing = { closed_until: null as string | null, missed_limit: 3, within_days: 90, closed_days: 30 }
const answers = (more: Record<string, unknown> = {}) => ({
  [`GET ${HALL}/places`]: [place], [`GET ${HALL}/places/s1/slots`]: days, [`GET ${HALL}/standing`]: standing,
  [`GET ${HALL}/appointments`]: { items: [visit], next_cursor: null }, [`POST ${HALL}/appointments`]: visit, ...more,
})
const server = (known: Record<string, unknown>) => (sent: Sent) => {
  const body = known[`${sent.method} ${sent.path}`]
  if (body === 'never') return 'never' as const
  if (body === 'broken') return problem(500)
  return body === undefined ? problem(404) : { body }
}
const open = async (page: typeof BookVisit, at: string, known: Record<string, unknown>) => {
  const mounted = await mountPage(page, { routes, at, server: server(known), permissions: ['hall.appointment.own'] })
  await flushPromises()
  return mounted
}

afterEach(() => vi.unstubAllGlobals())

describe('booking', () => {
  it('asks for a slot, and sends the one that was chosen', async () => {
    const { view, sent, router } = await open(BookVisit, '/appointments/book?item=I1', answers())
    expect(view.text()).toContain('系统升级')
    expect(view.text()).toContain('约满')
    await view.get('form').trigger('submit')
    expect(view.text()).toContain('请选择日期和时段。')
    await view.get('input[value="2026-11-24T02:00:00Z"]').setValue(true)
    await view.get('form').trigger('submit')
    await flushPromises()
    const booked = sent.find(({ method }) => method === 'POST')
    expect(booked?.body).toEqual({ site_id: 's1', slot: { counter: 'c1', starts_at: '2026-11-24T02:00:00Z' }, errand: { item_code: 'I1' } })
    expect(router.currentRoute.value.path).toBe('/appointments')
    view.unmount()
  })

  it('keeps the page when the slot has just been taken', async () => {
    const known = answers()
    const taken = (sent: Sent) => (sent.method === 'POST' ? problem(409, { code: 'hall.slot_full', title: '这个时段已经约满，请选择其他时段。' }) : server(known)(sent))
    const { view, router } = await mountPage(BookVisit, { routes, at: '/appointments/book?item=I1', server: taken, permissions: [] })
    await flushPromises()
    await view.get('input[value="2026-11-24T02:00:00Z"]').setValue(true)
    await view.get('form').trigger('submit')
    await flushPromises()
    expect(view.text()).toContain('约满')
    expect(router.currentRoute.value.path).toBe('/appointments/book')
    view.unmount()
  })

  it('collects a result by the case', async () => {
    const { view, sent } = await open(BookVisit, '/appointments/book?case=N1', answers({ [`GET ${HALL}/pickups/N1`]: { places: [place] } }))
    await view.get('input[value="2026-11-24T02:00:00Z"]').setValue(true)
    await view.get('form').trigger('submit')
    await flushPromises()
    expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({ errand: { case_number: 'N1' } })
    view.unmount()
  })

  it('says when nothing can be booked, when it is closed to somebody, and what broke', async () => {
    const none = await open(BookVisit, '/appointments/book?item=I1', answers({ [`GET ${HALL}/places`]: [] }))
    expect(none.view.text()).toContain('暂时没有可以预约的网点')
    none.view.unmount()
    const closed = await open(BookVisit, '/appointments/book?item=I1', answers({ [`GET ${HALL}/standing`]: { ...standing, closed_until: '2026-12-25' } }))
    expect(closed.view.text()).toContain('网上预约暂停到 2026年12月25日')
    expect(closed.view.get('button[type="submit"]').attributes('aria-disabled')).toBe('true')
    closed.view.unmount()
    const broken = await open(BookVisit, '/appointments/book?item=I1', answers({ [`GET ${HALL}/places`]: 'broken' }))
    expect(broken.view.text()).toContain('r-77')
    broken.view.unmount()
  })
})

describe('my visits', () => {
  it('show number, place and what can be done', async () => {
    const { view } = await open(MyVisits, '/appointments', answers())
    expect(view.text()).toContain('1234 5678')
    expect(view.text()).toContain('等待确认')
    expect(view.find('button[aria-label="取消失业登记的预约"]').exists()).toBe(true)
    view.unmount()
  })

  it('take the slot that the office offers', async () => {
    const declined = { ...visit, state: 'declined', acts: [], reason: '系统升级', offered: { counter: 'c1', starts_at: '2099-11-24T02:00:00Z' } }
    const { view, sent } = await open(MyVisits, '/appointments', answers({ [`GET ${HALL}/appointments`]: { items: [declined], next_cursor: null } }))
    const take = view.findAll('button').find((one) => one.text().startsWith('改约到'))
    await take?.trigger('click')
    await flushPromises()
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ site_id: 's1', slot: declined.offered, errand: { item_code: 'I1' } })
    view.unmount()
  })

  it('say when there are none', async () => {
    const { view } = await open(MyVisits, '/appointments', answers({ [`GET ${HALL}/appointments`]: { items: [], next_cursor: null } }))
    expect(view.text()).toContain('还没有预约')
    view.unmount()
  })
})
