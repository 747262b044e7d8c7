import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, onUnauthenticated, Problem, useAction } from '.'

const calls: { url: string; method: string; headers: Headers; body: unknown }[] = []
let answers: (() => Response | Promise<Response>)[] = []

beforeEach(() => {
  calls.length = 0
  answers = []
  vi.useFakeTimers()
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push({ url, method: init.method ?? '', headers: new Headers(init.headers), body: init.body })
    return Promise.resolve().then(() => (answers.shift() ?? ok)())
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const ok = () => new Response('{"id":"1"}', { status: 200 })
const down = () => new Response('<html>', { status: 503 })
const cut = (): Response => {
  throw new TypeError('network')
}
const problem = (status: number, body: object) => () => new Response(JSON.stringify(body), { status })

async function settle<T>(work: Promise<T>): Promise<T> {
  const outcome = work.then((value) => ({ value }), (error: unknown) => ({ error }))
  await vi.runAllTimersAsync()
  const result = await outcome
  if ('error' in result) throw result.error
  return result.value
}

describe('api', () => {
  it('sends the language, and a key with a POST only', async () => {
    await settle(api.get('/x', { query: { q: 'a b', cursor: null, limit: 20 } }))
    await settle(api.post('/x', { a: 1 }))
    expect(calls[0]?.url).toBe('/x?q=a+b&limit=20')
    expect(calls[0]?.headers.get('accept-language')).toBe('zh-CN')
    expect(calls[0]?.headers.has('idempotency-key')).toBe(false)
    expect(calls[1]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{32,36}$/)
    expect(calls[1]?.body).toBe('{"a":1}')
  })

  it('repeats a POST with the same key while the outcome is unknown', async () => {
    answers = [cut, down, ok]
    await settle(api.post('/x', {}))
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map((call) => call.headers.get('idempotency-key'))).size).toBe(1)
  })

  it('never repeats a PUT', async () => {
    answers = [down]
    await expect(settle(api.put('/x', {}))).rejects.toMatchObject({ status: 503, code: 'http.503' })
    expect(calls).toHaveLength(1)
  })

  it('reads problem+json and tells of a lost session', async () => {
    const lost = vi.fn()
    const stop = onUnauthenticated(lost)
    const fields = [{ path: '/name', code: 'form.required', message: '请填写姓名' }]
    answers = [problem(422, { code: 'intake.invalid', detail: '有误', request_id: 'r1', fields }), problem(401, {})]
    await expect(settle(api.get('/x'))).rejects.toMatchObject({ code: 'intake.invalid', status: 422, request_id: 'r1', fields })
    await expect(settle(api.get('/x'))).rejects.toBeInstanceOf(Problem)
    expect(lost).toHaveBeenCalledTimes(1)
    stop()
  })
})

describe('background', () => {
  const marks = () => calls.map((call) => call.headers.get('x-tongban-background'))

  it('says which calls go on while nobody is there', async () => {
    window.dispatchEvent(new Event('keydown'))
    await settle(api.get('/poll'))
    vi.advanceTimersByTime(31_000)
    await settle(api.get('/poll'))
    window.dispatchEvent(new Event('pointerdown'))
    await settle(api.get('/poll'))
    expect(marks()).toEqual([null, '1', null])
  })
})

describe('useAction', () => {
  const keys = () => calls.map((call) => call.headers.get('idempotency-key'))

  it('keeps the key over the user’s own retries until the outcome is known', async () => {
    const { run, problem: found } = useAction((key, body: object) => api.post('/x', body, { key }))
    answers = [cut, cut, cut]
    await settle(run({ a: 1 }))
    expect(found.value?.code).toBe('network.unreachable')
    await settle(run({ a: 1 }))
    expect(new Set(keys()).size).toBe(1)
    await settle(run({ a: 1 }))
    expect(new Set(keys()).size).toBe(2)
  })

  it('takes a new key for other input and after a refusal', async () => {
    const { run } = useAction((key, body: object) => api.post('/x', body, { key }))
    answers = [problem(422, {}), ok]
    await settle(run({ a: 1 }))
    await settle(run({ a: 1 }))
    await settle(run({ a: 2 }))
    expect(new Set(keys()).size).toBe(3)
  })

  it('does not run twice at once', async () => {
    const { run } = useAction((key) => api.post('/x', {}, { key }))
    await settle(Promise.all([run(), run()]))
    expect(calls).toHaveLength(1)
  })
})
