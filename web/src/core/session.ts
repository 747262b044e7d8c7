/** Who is signed in, what he may do, and when that ends. The cookie itself is out of reach. */
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { serverNow } from './clock'
import { api, asProblem, onUnauthenticated } from './http'

export type AccountKind = 'person' | 'enterprise_agent' | 'staff' | 'administrator'

export interface Session {
  account: {
    id: string
    name: string
    kind: AccountKind
    roles: string[]
    department?: { id: string; code: string; name: string } | null
    region?: { code: string; name?: string } | null
    enterprise?: { name: string; credit_code: string } | null
    posts?: string[]
  }
  permissions: string[]
  expires_at: string
  must_change_password?: boolean
}

/** The session as the server answers it. */
export interface SessionAnswer {
  account_id: string
  account: string
  kind: AccountKind
  name: string
  roles: string[]
  permissions: string[]
  department?: { id: string; code: string; name: string } | null
  region?: string | null
  enterprise?: { name: string; credit_code: string } | null
  expires_at: string
  must_change_password: boolean
}

export function readSession(answer: SessionAnswer): Session {
  const { account_id, name, kind, roles, department, region, enterprise } = answer
  return {
    account: { id: account_id, name, kind, roles, department, region: region ? { code: region } : null, enterprise },
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

export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>()
  const status = ref<Status>('unknown')
  const secondsLeft = ref(Number.POSITIVE_INFINITY)

  const signedIn = computed(() => status.value === 'signed_in')
  const ending = computed(() => signedIn.value && secondsLeft.value <= WARN_SECONDS)

  function tick() {
    if (!session.value || status.value !== 'signed_in') return
    const end = Date.parse(session.value.expires_at)
    secondsLeft.value = Number.isNaN(end)
      ? Number.POSITIVE_INFINITY
      : Math.max(0, Math.ceil((end - serverNow().getTime()) / 1000))
    if (secondsLeft.value === 0) status.value = 'expired'
  }

  function take(next: Session) {
    session.value = next
    status.value = 'signed_in'
    tick()
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

  /** Asks again. */
  async function refresh() {
    try {
      take(readSession(await api.get<SessionAnswer>(SESSION_PATH)))
    } catch (error) {
      if (asProblem(error).status !== 401) throw error
      if (status.value === 'unknown') status.value = 'anonymous'
    }
  }

  /** Lengthens the session; asking for it does not. */
  async function renew() {
    take(readSession(await api.post<SessionAnswer>(`${SESSION_PATH}/renew`)))
  }

  async function signIn(account: string, password: string) {
    take(readSession(await api.post<SessionAnswer>(SESSION_PATH, { account, password })))
  }

  async function signOut() {
    await api.delete(SESSION_PATH)
    session.value = undefined
    status.value = 'anonymous'
  }

  function can(permission: string): boolean {
    return session.value?.permissions.includes(permission) ?? false
  }

  const stop = onUnauthenticated(() => {
    if (status.value === 'signed_in') status.value = 'expired'
  })
  const timer = setInterval(tick, 1000)
  onScopeDispose(() => {
    stop()
    clearInterval(timer)
  })

  return { session, status, signedIn, ending, secondsLeft, load, refresh, renew, signIn, signOut, can }
})
