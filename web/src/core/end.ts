/**
 * Starts one end: session, language, query cache, router with its guards. An end brings its
 * routes, its root component and who may use it.
 */
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp, shallowRef, type App, type Component } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw, type Router } from 'vue-router'
import { asProblem, Problem } from './http'
import { textsReady } from './i18n'
import { release } from './leave-guard'
import { usePreferences } from './preferences'
import { makeQueryClient } from './query'
import { useSession, type AccountKind } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Title of the page, read anew when the language changes. */
    title?: () => string
    /** Open to everybody. Everything else needs a session. */
    public?: boolean
    /** Permission needed; the server checks it again. */
    permission?: string
  }
}

export interface End {
  base: string
  title: () => string
  root: Component
  routes: RouteRecordRaw[]
  /** Kinds of account that may work here; all where absent. */
  kinds?: readonly AccountKind[]
}

/** The address for which this tab has fetched the whole document again. */
const FETCHED_AGAIN = 'tongban.fetched_again'

/** Why the first question to the server failed; the page `unreachable` shows it. */
export const startProblem = shallowRef<Problem>()

export async function startEnd(end: End): Promise<Router> {
  const app = createApp(end.root)
  app.use(createPinia())
  const queryClient = makeQueryClient()
  app.use(VueQueryPlugin, { queryClient })
  await usePreferences().ready
  const router = createRouter({
    history: createWebHistory(end.base),
    routes: end.routes,
    scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
  })
  guard(router, end)
  app.use(router)
  useSession().attend(queryClient, (page = 'home') => startOver(app, router.resolve({ name: page }).href))
  await router.isReady().catch(() => undefined)
  app.mount('#app')
  return router
}

/** A new document: what the memory of this one holds (notes, receipts, half a form) goes with it. */
function startOver(app: App, address: string) {
  release()
  app.unmount()
  // The way back would show this document as it was left: empty.
  window.addEventListener('pageshow', (event) => event.persisted && location.reload())
  location.replace(address)
}

function guard(router: Router, end: End): void {
  const session = useSession()
  router.beforeEach((to) => allow(to, end, session))
  router.beforeResolve(textsReady)
  router.afterEach((to, from, failure) => {
    if (failure) return
    if (sessionStorage.getItem(FETCHED_AGAIN) === to.fullPath) sessionStorage.removeItem(FETCHED_AGAIN)
    setTitle(to, end)
    // A new page is announced by its heading; the first page leaves focus where it is.
    if (from.matched.length > 0 && to.path !== from.path) setTimeout(focusHeading)
  })
  router.onError((error: unknown, to) => isLostPart(error) && fetchAgain(router, error, to))
}

/** A part of the app did not come: the network broke, or a newer version has replaced it. */
function isLostPart(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|Importing a module|preload CSS/.test(error.message)
}

/** A new document knows the parts of a newer version. When it has been fetched in vain, the page says so. */
function fetchAgain(router: Router, error: unknown, to: RouteLocationNormalized): void {
  if (sessionStorage.getItem(FETCHED_AGAIN) !== to.fullPath) {
    sessionStorage.setItem(FETCHED_AGAIN, to.fullPath)
    location.assign(router.resolve(to).href)
    return
  }
  sessionStorage.removeItem(FETCHED_AGAIN)
  startProblem.value = Problem.unreachable(error)
  void router.replace({ name: 'unreachable', query: { next: to.fullPath } })
}

export function setTitle(to: RouteLocationNormalized, end: End): void {
  const title = to.meta.title?.()
  document.title = title ? `${title} - ${end.title()}` : end.title()
}

function focusHeading() {
  document.getElementById('page-title')?.focus({ preventScroll: true })
}

export async function allow(to: RouteLocationNormalized, end: End, session: ReturnType<typeof useSession>) {
  if (to.meta.public) {
    // Not waited for: a public page must come even when the session is slow.
    void session.load().catch(() => undefined)
    return true
  }
  try {
    await session.load()
  } catch (error) {
    startProblem.value = asProblem(error)
    return { name: 'unreachable', query: { next: to.fullPath } }
  }
  if (session.status === 'anonymous' || !session.session) return { name: 'login', query: { next: to.fullPath } }
  const { account, must_change_password } = session.session
  if (must_change_password && to.name !== 'password') return { name: 'password' }
  const wrongKind = end.kinds !== undefined && !end.kinds.includes(account.kind)
  const noRight = to.meta.permission !== undefined && !session.can(to.meta.permission)
  return wrongKind || noRight ? { name: 'forbidden', query: { next: to.fullPath } } : true
}
