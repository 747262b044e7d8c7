/** Pages of the kiosk: lazy, one line each. Public unless they show somebody's own matters. */
import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/features/kiosk/text'
import { shellRoutes } from '@/features/shell/routes'
import Home from './pages/Home.vue'

const open = (title: () => string) => ({ public: true, title })
const READ = 'intake.application.read'
const WRITE = 'intake.application.write'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: Home, meta: { public: true } },
  { path: '/departments', name: 'departments', component: () => import('./pages/Departments.vue'), meta: open(() => t('departments.title')) },
  { path: '/items', name: 'items', component: () => import('./pages/Items.vue'), meta: open(() => t('items.title')) },
  { path: '/items/:code', name: 'item', component: () => import('./pages/Guide.vue'), props: true, meta: open(() => t('guide.title')) },
  { path: '/items/:code/samples', name: 'samples', component: () => import('./pages/Samples.vue'), props: true, meta: open(() => t('samples.title')) },
  { path: '/items/:code/apply', name: 'apply', component: () => import('./pages/Apply.vue'), props: true, meta: { title: () => t('apply.title'), permission: WRITE } },
  { path: '/progress', name: 'progress', component: () => import('./pages/Progress.vue'), meta: open(() => t('tile.progress')) },
  { path: '/applications', name: 'cases', component: () => import('./pages/Cases.vue'), meta: { title: () => t('tile.cases'), permission: READ } },
  { path: '/applications/:id', name: 'case', component: () => import('./pages/Case.vue'), props: true, meta: { title: () => t('tile.cases'), permission: READ } },
  { path: '/applications/:id/fill', name: 'fill', component: () => import('./pages/Fill.vue'), props: true, meta: { title: () => t('apply.title'), permission: WRITE } },
  { path: '/applications/:id/receipt', name: 'receipt', component: () => import('./pages/Receipt.vue'), props: true, meta: { title: () => t('tile.print'), permission: READ } },
  { path: '/view', name: 'view', component: () => import('./pages/View.vue'), meta: open(() => t('view.title')) },
  ...shellRoutes({ staff: false, login: () => import('./pages/Login.vue') }),
]
