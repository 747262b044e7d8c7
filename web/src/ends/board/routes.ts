/** The board is one page that anybody may show: nothing on it is about a person. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/Home.vue'), meta: { public: true } },
  { path: '/:rest(.*)*', name: 'not_found', redirect: { name: 'home' } },
]
