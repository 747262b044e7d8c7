import { QueryClient, VueQueryPlugin, type InfiniteData } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import type { Page } from './http'
import { patchRow, useLive } from './live'

class Source extends EventTarget {
  close = vi.fn<() => void>()
}

interface Row {
  id: string
  state: string
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('patches the cache, comes back after a gap and fetches what it may have missed', () => {
  const cache = new QueryClient()
  const key = ['approval', 'cases']
  const rows = [{ id: '1', state: 'received' }, { id: '2', state: 'received' }]
  cache.setQueryData(key, { pages: [{ items: rows, next_cursor: null }], pageParams: [null] })
  const invalidate = vi.spyOn(cache, 'invalidateQueries')
  const sources: Source[] = []
  let connected: { value: boolean } | undefined
  const page = mount(
    defineComponent({
      setup() {
        const live = useLive('/live', {
          on: { 'case.moved': (data, client) => patchRow<Row>(client, key, (data as Row).id, data as Row) },
          after_gap: [key],
          open: () => {
            const source = new Source()
            sources.push(source)
            return source as unknown as EventSource
          },
        })
        connected = live.connected
        return () => null
      },
    }),
    { global: { plugins: [[VueQueryPlugin, { queryClient: cache }]] } },
  )
  sources[0]?.dispatchEvent(new Event('open'))
  expect(connected?.value).toBe(true)
  expect(invalidate).not.toHaveBeenCalled()
  sources[0]?.dispatchEvent(new MessageEvent('case.moved', { data: '{"id":"2","state":"accepted"}' }))
  const states = cache.getQueryData<InfiniteData<Page<Row>>>(key)?.pages[0]?.items.map((row) => row.state)
  expect(states).toEqual(['received', 'accepted'])

  sources[0]?.dispatchEvent(new Event('error'))
  expect(connected?.value).toBe(false)
  vi.advanceTimersByTime(1000)
  sources[1]?.dispatchEvent(new Event('error'))
  vi.advanceTimersByTime(1000)
  expect(sources).toHaveLength(2)
  vi.advanceTimersByTime(1000)
  sources[2]?.dispatchEvent(new Event('open'))
  expect(invalidate).toHaveBeenCalledWith({ queryKey: key })

  page.unmount()
  expect(sources[2]?.close).toHaveBeenCalled()
})
