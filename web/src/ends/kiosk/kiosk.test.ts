/** Pages of the kiosk in their states, keys on the screen, and what happens when nobody is there. */
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { mountPage, problem, type Server } from '../../../checks/mount'
import { isTypedAs } from '@/features/kiosk/initials'
import OnScreenKeyboard from '@/features/kiosk/OnScreenKeyboard.vue'
import { cardPlaced, cardRemoved, onCardRemoved } from '@/features/kiosk/reader'
import { NOBODY, SIGNED_IN, useIdle } from '@/features/kiosk/useIdle'
import { erase, type, typedField } from '@/features/kiosk/typing'
import Cases from './pages/Cases.vue'
import Departments from './pages/Departments.vue'
import Items from './pages/Items.vue'
import Samples from './pages/Samples.vue'
import { routes } from './routes'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const OFFICE = {
  id: 'd', code: '11430102TB00000871', name: '芙蓉区人力资源和社会保障局', short_name: '区人社局', initials: ['f', 'r', 'q', 'r', 'l', 'z', 'y', 'h', 's', 'h', 'b', 'z', 'j'],
  kind: 'organ', region: '430102', phone: '', address: '', enabled: true, sample: false, external_codes: [], import_names: [], version: 1, items: 3,
}
const ITEM = {
  code: 'ITEM-1', name: '失业登记', item_type: '20', department_code: OFFICE.code, department_name: OFFICE.name, region: '430102', audience: ['natural_person'],
  case_kind: 'promised', online: true, sample: true, summary: '', themes: [], visits: 0, legal_term: null, promised_term: null,
}
const ROW = {
  id: 'a1', case_number: '430102202611230000011', item_code: 'ITEM-1', item_name: '失业登记', department_name: OFFICE.name, state: 'received', channel: 'kiosk',
  standing: { key: 'intake.standing.received', text: '已收件，等待受理。', args: {} }, next_action: { key: 'intake.next.none', text: '', args: {} },
  updated_at: '2026-11-23T01:00:00Z', submitted_at: '2026-11-23T01:00:00Z', withdrawal_pending: false, is_joint: false, proxy: null, signed_for: null,
}
const page = (items: unknown[]) => ({ items, next_cursor: null })
const open = (component: Parameters<typeof mountPage>[0], at: string, server: Server) =>
  mountPage(component, { routes, at, server, permissions: ['intake.application.read', 'intake.application.write'] })

describe.each([
  { name: 'departments', component: Departments, at: '/departments', path: '/catalogue/departments', full: page([OFFICE]), shown: OFFICE.name, none: '没有找到这个部门' },
  { name: 'items', component: Items, at: '/items?q=sydj', path: '/catalogue/items', full: page([ITEM]), shown: '失业登记', none: '没有找到相关事项' },
  { name: 'cases', component: Cases, at: '/applications', path: '/intake/applications', full: page([ROW]), shown: '已收件，等待受理。', none: '还没有办件' },
])('$name', ({ component, at, path, full, shown, none }) => {
  const answering = (answer: ReturnType<Server>): Server => (sent) => (sent.path.endsWith(path) ? answer : { body: page([]) })

  it('waits', async () => {
    const { view } = await open(component, at, answering('never'))
    expect(view.find('h1').exists()).toBe(true)
    expect(view.text()).not.toContain(none)
    view.unmount()
  })

  it('shows what there is', async () => {
    const { view } = await open(component, at, answering({ body: full }))
    expect(view.text()).toContain(shown)
    view.unmount()
  })

  it('says that there is nothing', async () => {
    const { view } = await open(component, at, answering({ body: page([]) }))
    expect(view.text()).toContain(none)
    view.unmount()
  })

  it('says what failed', async () => {
    const { view } = await open(component, at, answering(problem(500)))
    expect(view.text()).toContain('系统出错了')
    expect(view.text()).toContain('r-77')
    view.unmount()
  })
})

it('shows the forms of an item as tiles that lead into this window', async () => {
  const material = { id: 'm1', name: '离职证明', blank_form: { sum: 'abc', name: '空白表.docx', size: 9 }, sample_form: null }
  const { view } = await open(Samples, '/items/ITEM-1/samples', () => ({ body: { ...ITEM, materials: [material, { ...material, id: 'm2', name: '身份证', blank_form: null }] } }))
  const tiles = view.findAll('a.tile')
  expect(tiles.map((tile) => tile.text())).toHaveLength(1)
  expect(decodeURIComponent(tiles[0]?.attributes('href') ?? '')).toBe('/view?file=/api/v1/catalogue/form-files/abc&name=空白表.docx')
  view.unmount()
})

describe('finding an office', () => {
  it.each([['', true], ['人力', true], ['RLZY', true], ['rsj', false], ['zyh', true], ['xx', false]])('by %s: %s', (typed, found) => {
    expect(isTypedAs(OFFICE, typed)).toBe(found)
  })
})

describe('keys on the screen', () => {
  const field = (value: string, more: { maxLength?: number; type?: string; readOnly?: boolean } = {}) => Object.assign(document.createElement('input'), { value, ...more })

  it('type and erase at the cursor, no more than fits, and tell the page', () => {
    const input = field('张例', { maxLength: 3 })
    const heard = vi.fn<() => void>()
    input.addEventListener('input', heard)
    input.setSelectionRange(1, 1)
    type(input, '示')
    expect([input.value, input.selectionStart]).toEqual(['张示例', 2])
    type(input, '乙')
    expect(input.value).toBe('张示例')
    erase(input)
    expect([input.value, input.selectionStart]).toEqual(['张例', 1])
    expect(heard).toHaveBeenCalledTimes(2)
  })

  it('are for what is typed into', () => {
    expect(typedField(field('', { type: 'password' }))).toBeDefined()
    for (const no of [field('', { type: 'checkbox' }), field('', { readOnly: true }), document.createElement('select')]) expect(typedField(no)).toBeUndefined()
  })

  it('come with the focus, keep it, and write upper case where asked', async () => {
    document.body.innerHTML = ''
    const words = ref('')
    const Page = defineComponent(() => () => [h('input', { id: 'one', value: words.value, onInput: (event: Event) => (words.value = (event.target as HTMLInputElement).value) }), h(OnScreenKeyboard)])
    const view = mount(Page, { attachTo: document.body })
    Element.prototype.scrollIntoView = () => undefined
    expect(view.find('[data-keyboard]').exists()).toBe(false)
    view.get<HTMLInputElement>('#one').element.focus()
    await nextTick()
    const key = (name: string) => view.findAll('button').find((one) => one.text() === name)
    await key('7')?.trigger('click')
    await key('大写')?.trigger('click')
    await key('X')?.trigger('click')
    expect(words.value).toBe('7X')
    await key('退格')?.trigger('click')
    expect(words.value).toBe('7')
    await key('收起')?.trigger('click')
    expect(view.find('[data-keyboard]').exists()).toBe(false)
    view.unmount()
  })
})

describe('nobody there', () => {
  beforeEach(() => void vi.useFakeTimers())

  function watched(signedIn: boolean, atStart = false) {
    const over = vi.fn<() => void>()
    let idle: ReturnType<typeof useIdle> | undefined
    const view = mount(defineComponent(() => {
      idle = useIdle({ signedIn: () => signedIn, atStart: () => atStart, onOver: over })
      return () => null
    }))
    return { over, view, left: () => idle?.left.value, stay: () => idle?.stay() }
  }

  it('is counted out after a minute and twenty seconds, which a touch does not stop and a word does', () => {
    const { over, view, left, stay } = watched(true)
    vi.advanceTimersByTime((SIGNED_IN.rest - 1) * 1000)
    expect(left()).toBeUndefined()
    vi.advanceTimersByTime(1500)
    expect(left()).toBe(SIGNED_IN.count)
    window.dispatchEvent(new Event('pointerdown'))
    expect(left()).toBe(SIGNED_IN.count)
    stay()
    expect(left()).toBeUndefined()
    vi.advanceTimersByTime((SIGNED_IN.rest + SIGNED_IN.count + 1) * 1000)
    expect(over).toHaveBeenCalledOnce()
    view.unmount()
  })

  it('is led to the start after ten seconds where nobody has signed in, and any touch stops that', () => {
    const { over, view, left } = watched(false)
    vi.advanceTimersByTime(6000)
    expect(left()).toBe(4)
    window.dispatchEvent(new Event('pointerdown'))
    expect(left()).toBeUndefined()
    vi.advanceTimersByTime((NOBODY.rest + NOBODY.count) * 1000 + 500)
    expect(over).toHaveBeenCalledOnce()
    view.unmount()
  })

  it('rests at the start', () => {
    const { over, view, left } = watched(false, true)
    vi.advanceTimersByTime(60_000)
    expect(left()).toBeUndefined()
    expect(over).not.toHaveBeenCalled()
    view.unmount()
  })
})

it('hears of a card that is taken away, once and only if one lay there', async () => {
  const heard = vi.fn<() => void>()
  const stop = onCardRemoved(heard)
  cardRemoved()
  expect(heard).not.toHaveBeenCalled()
  cardPlaced()
  cardRemoved()
  cardRemoved()
  expect(heard).toHaveBeenCalledOnce()
  stop()
  await flushPromises()
})
