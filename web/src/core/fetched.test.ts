/** What the server no longer shows us must not stay on the page; a mere failure must not take it away. */
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { useCursorList } from './cursor-list'
import { useFetched } from './fetched'
import { Problem } from './http'

function open() {
  const made: { one?: ReturnType<typeof useFetched<string>>; list?: ReturnType<typeof useCursorList<string>> } = {}
  const state = { fail: undefined as Problem | undefined }
  const answer = <T>(value: T) => (state.fail ? Promise.reject(state.fail) : Promise.resolve(value))
  const Page = defineComponent(() => {
    made.one = useFetched(() => ['one'], () => answer('王小芳'))
    made.list = useCursorList(() => ['list'], () => answer({ items: ['王小芳'], next_cursor: null }))
    return () => null
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  mount(Page, { global: { plugins: [[VueQueryPlugin, { queryClient }]] } })
  return { made, state }
}

it.each([
  [403, [undefined, 403], [[], 403]],
  [404, [undefined, 404], [[], 404]],
  [500, ['王小芳', undefined], [['王小芳'], undefined]],
])('after %i', async (status, one, list) => {
  const { made, state } = open()
  await flushPromises()
  expect([made.one?.value.value, made.list?.items.value]).toEqual(['王小芳', ['王小芳']])
  state.fail = new Problem({ status, detail: String(status) })
  await made.one?.refetch()
  made.list?.refetch()
  await flushPromises()
  const said = (problem: { what: string } | undefined) => problem && Number(problem.what)
  expect([made.one?.value.value, said(made.one?.problem.value)]).toEqual(one)
  expect([made.list?.items.value, said(made.list?.problem.value)]).toEqual(list)
})
