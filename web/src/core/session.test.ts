import { QueryClient } from '@tanstack/vue-query'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { allow, type End } from './end'
import { api } from './http'
import { useSession, WARN_SECONDS, type SessionAnswer } from './session'

const session = (seconds: number, more: Partial<SessionAnswer> = {}): SessionAnswer => ({
  account_id: '1',
  account: 'liuyang',
  name: '刘洋',
  kind: 'staff',
  roles: ['clerk'],
  permissions: ['approval.case.read'],
  department: null,
  region: null,
  enterprise: null,
  expires_at: new Date(Date.now() + seconds * 1000).toISOString(),
  must_change_password: false,
  ...more,
})
const answer = vi.fn<() => Response>()

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T01:00:00Z') })
  vi.stubGlobal('fetch', () => Promise.resolve(answer()))
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

it('is anonymous after 401 and asks only once', async () => {
  answer.mockImplementation(() => json({ code: 'identity.no_session' }, 401))
  const store = useSession()
  await Promise.all([store.load(), store.load()])
  expect(store.status).toBe('anonymous')
  expect(answer).toHaveBeenCalledTimes(1)
})

it('warns before the end, is lengthened, and expires', async () => {
  answer.mockImplementation(() => json(session(600)))
  const store = useSession()
  await store.load()
  expect(store.ending).toBe(false)
  vi.advanceTimersByTime((600 - WARN_SECONDS) * 1000)
  expect(store.ending).toBe(true)
  await store.refresh()
  expect(store.ending).toBe(false)
  vi.advanceTimersByTime(600_000)
  expect(store.status).toBe('expired')
})

it('takes an answer without content for nobody', async () => {
  answer.mockImplementation(() => new Response(null, { status: 204 }))
  const store = useSession()
  await store.load()
  expect([store.status, store.session]).toEqual(['anonymous', undefined])
  store.status = 'signed_in'
  await store.refresh()
  expect(store.status).toBe('expired')
})

/** Signed in for half an hour, `minutes` ago; somebody then touches the page, or nobody does. */
async function later(minutes: number, more: Partial<SessionAnswer>, act: () => Promise<unknown>, touched: boolean) {
  answer.mockImplementation(() => json(session(1800, more)))
  const store = useSession()
  await store.load()
  vi.advanceTimersByTime(minutes * 60_000)
  answer.mockImplementation(() => json({}))
  if (touched) window.dispatchEvent(new Event('keydown'))
  await act().catch(() => undefined)
  return store
}
const save = () => api.put('/x', {})

it('lasts as long as somebody works: each save moves the end as it does on the server', async () => {
  const store = await later(25, {}, save, true)
  vi.advanceTimersByTime(20 * 60_000)
  expect([store.status, store.ending]).toEqual(['signed_in', false])
  vi.advanceTimersByTime(10 * 60_000)
  expect(store.status).toBe('expired')
})

it('is never said to last longer than the server lets it', async () => {
  const store = await later(25, {}, save, true)
  expect(store.secondsLeft).toBeLessThanOrEqual(1800 - 65)
  expect(store.secondsLeft).toBeGreaterThan(1800 - 120)
})

it('ends at its last moment whatever is done', async () => {
  const store = await later(25, { idle_seconds: 1800, ends_at: '2026-11-22T01:40:00Z' }, save, true)
  expect(store.secondsLeft).toBe(15 * 60)
})

it('is used by what the server refuses, not by what it does not know us for', async () => {
  const store = await later(25, {}, () => (answer.mockImplementation(() => json({}, 422)), save()), true)
  expect(store.secondsLeft).toBeGreaterThan(1500)
})

it.each([
  ['a poll while nobody is there', save, false],
  ['a failed call', () => (answer.mockImplementation(() => json({}, 500)), save()), true],
])('is not lengthened by %s', async (_name, act, touched) => {
  const store = await later(20, {}, act, touched)
  vi.advanceTimersByTime(10 * 60_000)
  expect(store.status).toBe('expired')
})

describe('whoever comes next', () => {
  const restart = vi.fn<(page?: string) => void>()
  const cache = new QueryClient()

  async function signedIn() {
    answer.mockImplementation(() => json(session(600)))
    const store = useSession()
    store.attend(cache, restart)
    await store.load()
    restart.mockClear()
    cache.setQueryData(['case', 'one', '1'], { applicant: '王小芳' })
    return store
  }
  const kept = () => cache.getQueryData(['case', 'one', '1'])

  it('finds nothing after a sign-out', async () => {
    const store = await signedIn()
    answer.mockImplementation(() => new Response(null, { status: 204 }))
    await store.signOut('login')
    expect([store.status, store.session, kept()]).toEqual(['anonymous', undefined, undefined])
    expect(restart.mock.calls).toEqual([['login']])
  })

  it('finds nothing where another account signs in over an ended session', async () => {
    const store = await signedIn()
    store.status = 'expired'
    answer.mockImplementation(() => json(session(600, { account_id: '2', name: '王芳' })))
    await store.signIn('wang', 'x')
    expect([kept(), restart.mock.calls]).toEqual([undefined, [[undefined]]])
    // Not signed in here: what waits on this page to be saved must not go out in another name.
    expect([store.status, store.session]).toEqual(['anonymous', undefined])
  })

  it('is the same person again: the page goes on, and asks anew', async () => {
    const store = await signedIn()
    store.status = 'expired'
    const asked = vi.spyOn(cache, 'invalidateQueries')
    await store.signIn('liuyang', 'x')
    expect([store.status, asked.mock.calls.length, restart.mock.calls.length]).toEqual(['signed_in', 1, 0])
    expect(kept()).toBeDefined()
  })

  it('is not told that all is over while the server still knows the session', async () => {
    const store = await signedIn()
    answer.mockImplementation(() => json({}, 500))
    await expect(store.signOut()).rejects.toMatchObject({ status: 500 })
    expect([store.status, restart.mock.calls.length]).toEqual(['signed_in', 0])
  })

  it('has signed in or out on another page of this browser', async () => {
    const lines: EventTarget[] = []
    vi.stubGlobal('BroadcastChannel', class extends EventTarget {
      constructor() {
        super()
        lines.push(this)
      }
      postMessage() {}
      close() {}
    })
    const store = await signedIn()
    const hear = (data: object) => lines.at(-1)?.dispatchEvent(new MessageEvent('message', { data }))
    hear({ account: '1', end: Date.now() + 1200_000 })
    vi.advanceTimersByTime(700_000)
    expect(store.status).toBe('signed_in')
    hear({ account: undefined, end: 0 })
    expect([store.status, restart.mock.calls.length]).toEqual(['expired', 0])
    hear({ account: '2', end: Date.now() })
    expect([kept(), restart.mock.calls.length]).toEqual([undefined, 1])
  })
})

const end: End = { base: '/desk/', title: () => '', root: {}, routes: [], kinds: ['staff'] }
type Route = Parameters<typeof allow>[0]
const route = (meta: object, name = 'todo') => ({ meta, name, fullPath: '/todo' }) as unknown as Route

it.each([
  ['without a session', () => json({}, 401), {}, { name: 'login', query: { next: '/todo' } }],
  ['with the right', () => json(session(600)), { permission: 'approval.case.read' }, true],
  ['without the right', () => json(session(600)), { permission: 'admin' }, { name: 'forbidden', query: { next: '/todo' } }],
  [
    'with the wrong kind of account',
    () => json(session(600, { name: '王', kind: 'person', roles: [] })),
    {},
    { name: 'forbidden', query: { next: '/todo' } },
  ],
  ['with an initial password', () => json(session(600, { must_change_password: true })), {}, { name: 'password' }],
  ['while the server is down', () => json({}, 500), {}, { name: 'unreachable', query: { next: '/todo' } }],
])('guards a page %s', async (_name, reply, meta, wanted) => {
  answer.mockImplementation(reply)
  await expect(allow(route(meta), end, useSession())).resolves.toEqual(wanted)
})
