/** Autosave: nothing entered is lost to a failure, a conflict, or two saves at once. */
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useSession } from '@/core/session'
import { makeForm, type Form } from '@/form/useForm'
import type { Application } from './types'
import SaveMark from './SaveMark.vue'
import { useDraft, type Draft } from './useDraft'

const questions = { key: 'f', title: '', sections: [{ key: 's', title: 'S', fields: [{ key: 'name', label: '姓名', kind: 'text' as const }, { key: 'phone', label: '电话', kind: 'text' as const }] }] }
const application = (version: number, form: object) =>
  ({ id: 'a1', version, form, form_document: questions, materials: [], updated_at: '2026-11-22T01:00:00Z', state: 'draft' }) as unknown as Application

const calls: { method: string; body: { version: number; form: object } }[] = []
let answers: (() => Response | Promise<Response>)[] = []
const json = (body: unknown, status = 200) => () => new Response(JSON.stringify(body), { status })
const stale = json({ code: 'intake.stale_version', args: { by: '本人', at: '2026-11-22T01:02:00Z' } }, 409)

beforeEach(() => {
  calls.length = 0
  answers = []
  vi.useFakeTimers()
  setActivePinia(createPinia())
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    calls.push({ method: init.method ?? '', body: typeof init.body === 'string' ? (JSON.parse(init.body) as { version: number; form: object }) : { version: 0, form: {} } })
    return Promise.resolve().then(() => (answers.shift() ?? json({}, 500))())
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open() {
  const made: { draft?: Draft; form?: Form } = {}
  const Page = defineComponent({
    setup() {
      made.form = makeForm({ document: questions, answers: { name: '王', phone: '1' }, sources: {} as never })
      made.draft = useDraft(application(1, { name: '王', phone: '1' }), made.form)
      return () => null
    },
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: Page }, { path: '/x', component: { render: () => null } }] })
  await router.push('/')
  mount(RouterView, { global: { plugins: [router, [VueQueryPlugin, { queryClient: new QueryClient() }]] } })
  await flushPromises()
  const { draft, form } = made
  if (!draft || !form) throw new Error('no page')
  return { draft, form, router }
}

const settle = () => vi.advanceTimersByTimeAsync(1500)

it('saves once after the typing, with the version that the last save gave', async () => {
  const { draft, form } = await open()
  answers = [json(application(2, {})), json(application(3, {}))]
  form.set('/name', '王小')
  await vi.advanceTimersByTimeAsync(500)
  form.set('/name', '王小芳')
  await settle()
  expect(calls.map((call) => call.body)).toEqual([{ version: 1, form: { name: '王小芳', phone: '1' } }])
  expect(draft.unsaved.value).toBe(false)
  form.set('/phone', '2')
  await settle()
  expect(calls[1]?.body.version).toBe(2)
})

it('never sends two saves at once; what came meanwhile goes after', async () => {
  const { draft, form } = await open()
  let release: (response: Response) => void = () => undefined
  answers = [() => new Promise((resolve) => (release = resolve)), json(application(3, {}))]
  form.set('/name', 'A')
  const first = draft.save()
  await flushPromises()
  form.set('/name', 'AB')
  const second = draft.save()
  await flushPromises()
  expect(calls).toHaveLength(1)
  release(json(application(2, {}))())
  expect(await Promise.all([first, second])).toEqual([true, true])
  expect(calls.map((call) => [call.body.version, call.body.form])).toEqual([
    [1, { name: 'A', phone: '1' }],
    [2, { name: 'AB', phone: '1' }],
  ])
})

it('keeps a failed save, says so, and tries again by itself', async () => {
  const { draft, form } = await open()
  answers = [json({ detail: '系统出错了' }, 500), json(application(2, {}))]
  form.set('/name', 'A')
  await settle()
  expect([draft.unsaved.value, draft.problem.value?.status]).toEqual([true, 500])
  await vi.advanceTimersByTimeAsync(15_000)
  expect([draft.unsaved.value, draft.problem.value]).toEqual([false, undefined])
})

it('says beside the field what a save was refused for, and tries again only after a change', async () => {
  const { draft, form } = await open()
  answers = [json({ code: 'intake.invalid', fields: [{ path: '/form/name', code: 'x', message: '不超过 50 个字' }] }, 422), json(application(2, {}))]
  form.set('/name', '太长')
  await settle()
  expect([form.errorOf('/name'), form.attempt.value]).toEqual(['不超过 50 个字', 0])
  const mark = mount(SaveMark, { props: { draft } })
  expect(mark.text()).toContain('“姓名”填写有误，没有保存')
  expect(mark.text()).not.toContain('继续尝试')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(calls).toHaveLength(1)
  form.set('/name', '王')
  await settle()
  expect([calls.length, draft.unsaved.value, form.errorOf('/name'), mark.text().includes('没有保存')]).toEqual([2, false, undefined, false])
})

it('stops at a conflict and merges on the applicant’s word', async () => {
  const { draft, form } = await open()
  answers = [stale, json(application(5, { name: '别处', phone: '9' })), json(application(6, {}))]
  form.set('/name', '本页')
  await settle()
  expect(draft.conflict.value?.args.by).toBe('本人')
  form.set('/name', '本页二')
  await settle()
  expect(calls).toHaveLength(1)
  await draft.merge()
  // Both changed the name: nothing is sent before somebody has chosen, whatever is entered meanwhile.
  expect([draft.conflict.value, draft.clashes.value.map((one) => [one.path, one.theirs])]).toEqual([undefined, [['/name', '别处']]])
  expect(form.draft()).toEqual({ name: '本页二', phone: '9' })
  await settle()
  expect(calls).toHaveLength(2)
  await draft.choose(new Set())
  expect(calls.at(-1)?.body).toEqual({ version: 5, form: { name: '本页二', phone: '9' } })
  expect([draft.clashes.value, draft.unsaved.value]).toEqual([[], false])
})

it('takes the other version where it was chosen, and asks nothing where only one side changed', async () => {
  const { draft, form } = await open()
  answers = [stale, json(application(5, { name: '别处', phone: '1' })), json(application(6, { name: '别处', phone: '1' }))]
  form.set('/name', '本页')
  await settle()
  await draft.merge()
  await draft.choose(new Set(['/name']))
  expect(calls.at(-1)?.body).toEqual({ version: 5, form: { name: '别处', phone: '1' } })
  answers = [stale, json(application(8, { name: '三处', phone: '1' })), json(application(9, {}))]
  form.set('/phone', '2')
  await settle()
  await draft.merge()
  expect(draft.clashes.value).toEqual([])
  expect(calls.at(-1)?.body).toEqual({ version: 8, form: { name: '三处', phone: '2' } })
})

const cut = (): Response => {
  throw new TypeError('network')
}

it('does not make the applicant conflict with a save of his own whose answer was lost', async () => {
  const { draft, form } = await open()
  answers = [cut]
  form.set('/name', ' 王小芳 ')
  await settle()
  expect(draft.problem.value?.outcomeUnknown).toBe(true)
  // The server has it, in its normal form and with its keys in another order.
  answers = [stale, json(application(2, { phone: '1', name: '王小芳' }))]
  await vi.advanceTimersByTimeAsync(15_000)
  expect([draft.conflict.value, draft.problem.value, draft.unsaved.value]).toEqual([undefined, undefined, false])
  expect(draft.application.value.version).toBe(2)
})

it('goes on from the lost save with what was entered since', async () => {
  const { draft, form } = await open()
  answers = [cut]
  form.set('/name', 'A')
  await settle()
  form.set('/phone', '2')
  answers = [stale, json(application(2, { name: 'A', phone: '1' })), json(application(3, {}))]
  await settle()
  expect(calls.at(-1)?.body).toEqual({ version: 2, form: { name: 'A', phone: '2' } })
  expect([draft.conflict.value, draft.unsaved.value]).toEqual([undefined, false])
})

it('still asks where somebody else saved after a lost answer', async () => {
  const { draft, form } = await open()
  answers = [cut]
  form.set('/name', 'A')
  await settle()
  answers = [stale, json(application(3, { name: '别处', phone: '1' }))]
  await vi.advanceTimersByTimeAsync(15_000)
  expect([draft.conflict.value?.args.by, draft.unsaved.value]).toEqual(['本人', true])
})

it('saves on the way out, and asks where that fails', async () => {
  const { form, router } = await open()
  const ask = vi.fn(() => false)
  vi.stubGlobal('confirm', ask)
  answers = [json({}, 500)]
  form.set('/name', 'A')
  await router.push('/x')
  expect(router.currentRoute.value.path).toBe('/')
  expect(ask).toHaveBeenCalledTimes(1)
  answers = [json(application(2, {}))]
  await router.push('/x')
  expect(router.currentRoute.value.path).toBe('/x')
})

it('sends what is waiting as soon as somebody has signed in again', async () => {
  const { draft, form } = await open()
  answers = [json({}, 401)]
  form.set('/name', 'A')
  await settle()
  expect(draft.unsaved.value).toBe(true)
  answers = [json(application(2, {}))]
  useSession().status = 'signed_in'
  await flushPromises()
  expect(draft.unsaved.value).toBe(false)
})
