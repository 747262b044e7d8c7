/** Mounts a page as its end would: router, query cache, session, and a server made of answers. */
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import { h, type Component } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type RouteRecordRaw } from 'vue-router'
import { useSession } from '@/core/session'

export interface Sent {
  method: string
  path: string
  query: URLSearchParams
  body: unknown
}

/** An answer: a body, a problem with its status, or nothing yet. */
export type Answer = { status?: number; body: unknown } | 'never'
export type Server = (sent: Sent) => Answer

class SilentSource extends EventTarget {
  close() {}
}

export async function mountPage(page: Component, options: { routes: RouteRecordRaw[]; at: string; server: Server; permissions: string[] }) {
  document.body.innerHTML = ''
  const sent: Sent[] = []
  vi.stubGlobal('EventSource', SilentSource)
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const one: Sent = {
      method: init.method ?? 'GET',
      path: pathname,
      query: searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
    }
    sent.push(one)
    const answer = options.server(one)
    if (answer === 'never') return new Promise(() => undefined)
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 }))
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const session = useSession()
  session.session = {
    account: { id: '1', name: '刘洋', kind: 'staff', roles: ['clerk'], department: null, region: null, enterprise: null },
    permissions: options.permissions,
    expires_at: '2099-01-01T00:00:00Z',
  }
  session.status = 'signed_in'
  const router = createRouter({ history: createMemoryHistory(), routes: options.routes })
  const [record] = router.resolve(options.at).matched
  if (record) record.components = { default: page }
  await router.push(options.at)
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  const view = mount({ render: () => h(RouterView) }, { global: { plugins: [pinia, router, [VueQueryPlugin, { queryClient }]] }, attachTo: document.body })
  await flushPromises()
  return { view, router, sent, session }
}

export const problem = (status: number, more: object = {}): Answer => ({
  status,
  body: { code: 'x', title: '系统出错了', detail: '系统出错了', status, request_id: 'r-77', args: {}, fields: [], ...more },
})
