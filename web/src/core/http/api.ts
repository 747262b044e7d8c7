/**
 * The one way to the server: same origin, cookie session, reader's language, problems as
 * exceptions. One call of `post` is one action of the user: its idempotency key stays the same
 * over the retries in here; `useAction` keeps it over the user's own retries.
 */
import { noteServerDate, serverTime } from '../clock'
import { locale } from '../i18n'
import { isSomebodyHere } from '../presence'
import { Problem } from './problem'

export type Query = Record<string, string | number | boolean | null | undefined>

export interface Options {
  query?: Query
  signal?: AbortSignal
  /** Idempotency key of the action; made here where absent. */
  key?: string
}

const RETRY_AFTER_MS = [600, 2000]
const RETRY_STATUS = new Set([502, 503, 504])

type Listener = (problem: Problem) => void
const unauthenticated = new Set<Listener>()

/** Called whenever the server no longer knows who we are. */
export function onUnauthenticated(listener: Listener): () => void {
  unauthenticated.add(listener)
  return () => unauthenticated.delete(listener)
}

/** Tells the listeners of an answer 401; used by `upload` too. */
export function report(problem: Problem): Problem {
  if (problem.status === 401) unauthenticated.forEach((listener) => listener(problem))
  return problem
}

type UseListener = (sentAt: Date) => void
const users = new Set<UseListener>()

/** Called whenever the server has answered something that a person set going: that lengthens his session. */
export function onUse(listener: UseListener): () => void {
  users.add(listener)
  return () => users.delete(listener)
}

/** On what no person set going (polls, live events, retries while nobody is there): no use of the session. */
export const BACKGROUND = 'x-tongban-background'

/** Notes the sending of a request; call what comes back with the answer's status and date. */
export function sending(): { background: boolean; answered: (status: number, date: string | null) => void } {
  const [background, local] = [!isSomebodyHere(), Date.now()]
  return {
    background,
    answered(status, date) {
      noteServerDate(date)
      if (!background && status !== 401 && status < 500) users.forEach((listener) => listener(serverTime(local)))
    },
  }
}

export function newKey(): string {
  // randomUUID needs a secure context; a hall's intranet may be plain http.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}

export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value))
  }
  const tail = params.toString()
  return tail === '' ? path : `${path}?${tail}`
}

function headersFor(method: string, body: unknown, key: string | undefined): Headers {
  const headers = new Headers({ accept: 'application/json', 'accept-language': locale.value })
  if (body !== undefined && !(body instanceof FormData)) headers.set('content-type', 'application/json')
  if (method === 'POST') headers.set('idempotency-key', key ?? newKey())
  return headers
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function attempt(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw Problem.unreachable(error)
  }
}

/**
 * Sends and, where the outcome is unknown and repeating is safe, sends the same again. A PUT or
 * DELETE is never repeated: its version may have been used up by the first one.
 */
async function send(url: string, init: RequestInit): Promise<Response> {
  if (init.method !== 'GET' && init.method !== 'POST') return attempt(url, init)
  for (const wait of RETRY_AFTER_MS) {
    try {
      const response = await attempt(url, init)
      if (!RETRY_STATUS.has(response.status)) return response
    } catch (error) {
      if (!(error instanceof Problem) || init.signal?.aborted) throw error
    }
    await pause(wait)
    init.signal?.throwIfAborted()
  }
  return attempt(url, init)
}

async function answer(method: string, path: string, body: unknown, options: Options): Promise<Response> {
  const sent = sending()
  const headers = headersFor(method, body, options.key)
  if (sent.background) headers.set(BACKGROUND, '1')
  const response = await send(address(path, options.query), {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    body: body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body),
    signal: options.signal ?? null,
  })
  sent.answered(response.status, response.headers.get('date'))
  if (!response.ok) throw report(await Problem.fromResponse(response))
  return response
}

async function request<T>(method: string, path: string, body: unknown, options: Options): Promise<T> {
  const response = await answer(method, path, body, options)
  if (response.status === 204) return undefined as T
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** The name of a download: RFC 6266 writes one that is not plain as `filename*`. */
function nameIn(header: string): string | undefined {
  const wide = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1]
  return wide === undefined ? /filename="([^"]+)"/.exec(header)?.[1] : decodeURIComponent(wide)
}

/** A file that the server writes, under the name that it gives; one that breaks off is a problem. */
async function file(path: string, body: unknown, options: Options): Promise<File> {
  const response = await answer('POST', path, body, options)
  const name = nameIn(response.headers.get('content-disposition') ?? '')
  try {
    return new File([await response.blob()], name ?? 'file', { type: response.headers.get('content-type') ?? '' })
  } catch (error) {
    throw Problem.unreachable(error)
  }
}

export const api = {
  get: <T>(path: string, options: Options = {}) => request<T>('GET', path, undefined, options),
  file: (path: string, body: unknown, options: Options = {}) => file(path, body, options),
  post: <T>(path: string, body?: unknown, options: Options = {}) => request<T>('POST', path, body, options),
  put: <T>(path: string, body: unknown, options: Options = {}) => request<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options: Options = {}) => request<T>('PATCH', path, body, options),
  delete: <T = void>(path: string, options: Options = {}) => request<T>('DELETE', path, undefined, options),
}

/** One page of any list. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}
