/** Who is signed in, what he may do, and when that ends. The cookie itself is out of reach. */
import type { QueryClient } from '@tanstack/vue-query'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Answer } from '@/api/answers'
import { serverNow } from './clock'
import { api, asProblem, onUnauthenticated, onUse } from './http'
import { openSessionTabs, type SessionNews } from './session-tabs'

export type AccountKind = Answer<'AccountKind'>

export interface Session {
  account: Pick<SessionAnswer, 'name' | 'kind' | 'roles' | 'department' | 'region' | 'enterprise'> & { id: string }
  permissions: string[]
  expires_at: string
  must_change_password?: boolean
}

export type SessionAnswer = Answer<'SessionView'>

export function readSession(answer: SessionAnswer): Session {
  const { account_id, name, kind, roles, department, region, enterprise } = answer
  return {
    account: { id: account_id, name, kind, roles, department, region, enterprise },
    permissions: answer.permissions,
    expires_at: answer.expires_at,
    must_change_password: answer.must_change_password,
  }
}

export const SESSION_PATH = '/api/v1/identity/session'
/** Seconds before the end at which the warning appears. */
export const WARN_SECONDS = 120

/** `expired`: was signed in on this page and no longer is; input on the page is still there. */
type Status = 'unknown' | 'anonymous' | 'signed_in' | 'expired'

/**
 * The server notes the use of a session at most once a minute, and looks a few seconds late: an end
 * counted here from a use must not lie behind the server's.
 */
const NOTED_WITHIN_MS = 65_000

export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>()
  const status = ref<Status>('unknown')
  const secondsLeft = ref(Number.POSITIVE_INFINITY)
  /** The end as uses of the session have moved it since the server last told it. */
  const moved = ref(0)
  let idleMs = 0
  let lastMs = Number.POSITIVE_INFINITY
  let cache: QueryClient | undefined
  let restart: (page?: string) => void = () => undefined

  const signedIn = computed(() => status.value === 'signed_in')
  const ending = computed(() => signedIn.value && secondsLeft.value <= WARN_SECONDS)

  function end(): number {
    const told = Date.parse(session.value?.expires_at ?? '')
    return Number.isNaN(told) ? Number.POSITIVE_INFINITY : Math.max(told, moved.value)
  }

  function tick() {
    if (!session.value || status.value !== 'signed_in') return
    secondsLeft.value = Math.max(0, Math.ceil((end() - serverNow().getTime()) / 1000))
    if (secondsLeft.value === 0) status.value = 'expired'
  }

  function take(answer: SessionAnswer) {
    const { account_id } = answer
    // Somebody else: nothing of the one before may stay, neither on the page nor behind it.
    if (session.value && session.value.account.id !== account_id) return depart()
    if (status.value === 'expired') void cache?.invalidateQueries()
    session.value = readSession(answer)
    status.value = 'signed_in'
    moved.value = 0
    const told = Date.parse(answer.expires_at) - serverNow().getTime()
    idleMs = answer.idle_seconds === undefined ? Math.max(idleMs, told) : answer.idle_seconds * 1000
    lastMs = answer.ends_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(answer.ends_at)
    tick()
  }

  /** The server has answered something that the person did: that was a use of his session. */
  function used(at: Date) {
    if (status.value !== 'signed_in') return
    moved.value = Math.max(moved.value, Math.min(at.getTime() + idleMs - NOTED_WITHIN_MS, lastMs))
    tick()
    tabs?.tell({ account: session.value?.account.id, end: end() })
  }

  /** What the other pages of this browser know. */
  function hear(news: SessionNews) {
    const own = session.value?.account.id
    if (own === undefined) return
    if (news.account === undefined) status.value = 'expired'
    else if (news.account !== own) depart()
    else if (status.value === 'expired') void refresh().catch(() => undefined)
    else moved.value = Math.max(moved.value, news.end)
  }

  /** Forgets everything about whoever was here and begins anew. */
  function depart(page?: string) {
    session.value = undefined
    status.value = 'anonymous'
    asking = undefined
    cache?.clear()
    restart(page)
  }

  /** Asks the server once; later calls wait for the same answer. */
  let asking: Promise<void> | undefined
  function load(): Promise<void> {
    asking ??= refresh().catch((error: unknown) => {
      asking = undefined
      throw error
    })
    return asking
  }

  function nobody() {
    if (status.value === 'unknown') status.value = 'anonymous'
    if (status.value === 'signed_in') status.value = 'expired'
  }

  /** Asks again. Nobody signed in: no content, or a refusal. */
  async function refresh() {
    try {
      const answer = await api.get<SessionAnswer | undefined>(SESSION_PATH)
      if (answer) take(answer)
      else nobody()
    } catch (error) {
      if (asProblem(error).status !== 401) throw error
      nobody()
    }
  }

  /** Lengthens the session at the person's word. */
  async function renew() {
    take(await api.post<SessionAnswer>(`${SESSION_PATH}/renew`))
  }

  async function signIn(account: string, password: string) {
    take(await api.post<SessionAnswer>(SESSION_PATH, { account, password }))
    if (session.value) tabs?.tell({ account: session.value.account.id, end: end() })
  }

  /** Ends the session and begins anew at `page`, else at home. Rejects where the server could not be told. */
  async function signOut(page?: string) {
    try {
      await api.delete(SESSION_PATH)
    } catch (error) {
      if (asProblem(error).status !== 401) throw error
    }
    tabs?.tell({ account: undefined, end: 0 })
    depart(page)
  }

  function can(permission: string): boolean {
    return session.value?.permissions.includes(permission) ?? false
  }

  /** Makes the session the owner of the cache's life; `again` loads the end anew. */
  let tabs: ReturnType<typeof openSessionTabs> | undefined
  function attend(client: QueryClient, again: (page?: string) => void) {
    cache = client
    restart = again
    tabs = openSessionTabs(hear)
  }

  const stops = [
    onUnauthenticated(() => {
      if (status.value === 'signed_in') status.value = 'expired'
    }),
    onUse(used),
  ]
  const timer = setInterval(tick, 1000)
  onScopeDispose(() => {
    stops.forEach((stop) => stop())
    clearInterval(timer)
    tabs?.close()
  })

  return { session, status, signedIn, ending, secondsLeft, load, refresh, renew, signIn, signOut, can, attend }
})
