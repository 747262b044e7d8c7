/** Pages that every end has. They come last: `not_found` takes what is left. */
import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import { t as identity } from '@/features/identity/text'
import { t } from './text'
import UnreachablePage from './UnreachablePage.vue'

/** `login`: the page of an end that signs in in ways of its own. */
export function shellRoutes(options: { staff: boolean; login?: () => Promise<unknown> }): RouteRecordRaw[] {
  return [
    {
      path: '/login',
      name: 'login',
      component: (options.login ?? (() => import('@/features/identity/LoginPage.vue'))) as () => Promise<Component>,
      props: options.login ? false : { staff: options.staff },
      meta: { public: true, title: () => identity('login.title') },
    },
    {
      path: '/password',
      name: 'password',
      component: () => import('@/features/identity/PasswordPage.vue'),
      meta: { title: () => identity('password.title') },
    },
    {
      path: '/forbidden',
      name: 'forbidden',
      component: () => import('./ForbiddenPage.vue'),
      props: { staff: options.staff },
      meta: { public: true, title: () => t('forbidden.title') },
    },
    {
      path: '/unreachable',
      name: 'unreachable',
      // Comes with the first JavaScript: it must be there when nothing else comes.
      component: UnreachablePage,
      meta: { public: true, title: () => t('unreachable.title') },
    },
    {
      path: '/:pathMatch(.*)*',
      name: 'not_found',
      component: () => import('./NotFoundPage.vue'),
      meta: { public: true, title: () => t('not_found.title') },
    },
  ]
}
