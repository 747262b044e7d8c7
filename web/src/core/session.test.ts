import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { allow, type End } from './end'
import { useSession, WARN_SECONDS, type SessionAnswer } from './session'

const session = (seconds: number, more: Partial<SessionAnswer> = {}): SessionAnswer => ({
  account_id: '1',
  account: 'liuyang',
  name: '刘洋',
  kind: 'staff',
  roles: ['clerk'],
  permissions: ['approval.case.read'],
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
