/** The wall in its states: waiting, failed, live, cut off and back. */
import { flushPromises, mount } from '@vue/test-utils'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import Home from './pages/Home.vue'

const counts = (n: number) => ({ submitted: n, accepted: n, ended: n })
const picture = (n: number) => ({
  day: '2026-11-22', today: counts(n), yesterday: counts(5), open: 3, lights: { green: 1, yellow: 1, red: 1, purple: 0, grey: 0 },
  ratings: { rated: 4, good: 750, levels: [1, 0, 0, 0, 3] },
  times: { gross_mean: 1, gross_p50: 1, gross_p90: 1, net_mean: 390, net_p50: 390, net_p90: 780 },
  departments: [{ code: 'd', name: '芙蓉区市场监督管理局', submitted: n, ended: 0 }], districts: [{ code: '430102', name: '430102', submitted: n, ended: 1 }],
  hot: [{ code: 'i', name: '食品经营许可', submitted: n, ended: 0 }], trend: [{ day: '2026-11-22', submitted: n, accepted: n, ended: 0 }],
  feed: [{ number: '430102****0015', item_name: '失业登记', office: '芙蓉区人力资源和社会保障局', state: 'accepted', at: '2026-11-22T01:00:00Z' }],
})

class Source extends EventTarget {
  close = vi.fn<() => void>()
}

let sources: Source[] = []
let answer: () => Promise<Response>

beforeEach(() => {
  sources = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  vi.stubGlobal('EventSource', class extends Source {
    constructor() {
      super()
      sources.push(this)
    }
  })
  vi.stubGlobal('fetch', (url: string) => (url.includes('/divisions/') ? Promise.resolve(new Response(JSON.stringify({ name: '芙蓉区' }))) : answer()))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const view = mount(Home, { global: { plugins: [createPinia(), [VueQueryPlugin, { queryClient }]] } })
  await flushPromises()
  return view
}

it('shows the picture, follows the stream, says that it is cut off and catches up', async () => {
  answer = () => Promise.resolve(new Response(JSON.stringify(picture(7))))
  const view = await open()
  expect(view.text()).toContain('正在连接')
  expect(view.text()).toContain('较昨日 +2')
  expect(view.text()).toContain('430102****0015')
  sources[0]?.dispatchEvent(new Event('open'))
  sources[0]?.dispatchEvent(new MessageEvent('snapshot', { data: JSON.stringify(picture(9)) }))
  await nextTick()
  await flushPromises()
  expect(view.get('[role="status"]').text()).toContain('实时')
  expect(view.text()).toContain('较昨日 +4')
  sources[0]?.dispatchEvent(new Event('error'))
  await nextTick()
  expect(view.get('[role="status"]').text()).toContain('正在重连')
  expect(view.text(), 'the last picture stays').toContain('较昨日 +4')
  await vi.advanceTimersByTimeAsync(1500)
  sources[1]?.dispatchEvent(new Event('open'))
  sources[1]?.dispatchEvent(new MessageEvent('snapshot', { data: JSON.stringify(picture(12)) }))
  await nextTick()
  expect(view.get('[role="status"]').text()).toContain('实时')
  expect(view.text()).toContain('较昨日 +7')
  view.unmount()
})

it('waits, and says what failed with a way to try again', async () => {
  answer = () => new Promise(() => undefined)
  const waiting = await open()
  expect(waiting.text()).toContain('正在读取数据')
  waiting.unmount()
  answer = () => Promise.resolve(new Response(JSON.stringify({ code: 'x', title: '系统出错了', detail: '系统出错了', status: 500 }), { status: 500 }))
  const failed = await open()
  await vi.advanceTimersByTimeAsync(20_000)
  await flushPromises()
  expect(failed.get('[role="alert"]').text()).toContain('系统出错了')
  answer = () => Promise.resolve(new Response(JSON.stringify(picture(6))))
  await failed.get('[role="alert"] button').trigger('click')
  await flushPromises()
  expect(failed.text()).toContain('较昨日 +1')
  failed.unmount()
})
