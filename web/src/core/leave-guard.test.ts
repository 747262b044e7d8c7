import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { release, useLeaveGuard, useSwitchGuard } from './leave-guard'

it('asks too where another address of the page takes its place', async () => {
  const ask = vi.fn(() => false)
  vi.stubGlobal('confirm', ask)
  const Page = defineComponent(() => {
    useSwitchGuard(true)
    return () => null
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: Page }] })
  await router.push('/?table=a')
  const page = mount(RouterView, { global: { plugins: [router] } })
  await flushPromises()
  await router.push('/?table=b')
  expect([ask.mock.calls.length, router.currentRoute.value.query.table]).toEqual([1, 'a'])
  ask.mockReturnValue(true)
  await router.push('/?table=b')
  expect(router.currentRoute.value.query.table).toBe('b')
  page.unmount()
  vi.unstubAllGlobals()
})

it('asks before input is lost, but not whoever takes over the page', async () => {
  const ask = vi.fn(() => false)
  const Page = defineComponent(() => {
    useLeaveGuard(true, ask)
    return () => null
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: Page }, { path: '/x', component: { render: () => null } }] })
  await router.push('/')
  mount(RouterView, { global: { plugins: [router] } })
  await flushPromises()
  const unload = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  await router.push('/x')
  expect([ask.mock.calls.length, router.currentRoute.value.path, unload()]).toEqual([1, '/', true])
  release()
  expect(unload()).toBe(false)
  await router.push('/x')
  expect([ask.mock.calls.length, router.currentRoute.value.path]).toEqual([1, '/x'])
})
