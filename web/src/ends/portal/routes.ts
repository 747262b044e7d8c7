/** Pages of the portal: lazy, one line each. Public unless they show somebody's own matters. */
import type { RouteRecordRaw } from 'vue-router'
import { shellRoutes } from '@/features/shell/routes'
import { t as shell } from '@/features/shell/text'
import { t } from './text'

const open = (title: () => string) => ({ public: true, title })
const own = (title: () => string, permission?: string) => ({ title, permission })
const READ = 'intake.application.read'
const LICENCE = 'licence.licence.own'
const WRITE = 'intake.application.write'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/Home.vue'), meta: { public: true } },
  { path: '/person', name: 'person', component: () => import('./pages/Door.vue'), props: { door: 'person' }, meta: open(() => t('nav.person')) },
  { path: '/enterprise', name: 'enterprise', component: () => import('./pages/Door.vue'), props: { door: 'enterprise' }, meta: open(() => t('nav.enterprise')) },
  { path: '/items', name: 'items', component: () => import('./pages/Items.vue'), meta: open(() => t('page.items')) },
  { path: '/items/:code', name: 'item', component: () => import('./pages/Guide.vue'), props: true, meta: open(() => t('page.item')) },
  { path: '/joint', name: 'joint', component: () => import('./pages/Joint.vue'), meta: open(() => t('nav.joint')) },
  { path: '/joint/:code', name: 'joint_item', component: () => import('./pages/JointGuide.vue'), props: true, meta: open(() => t('nav.joint')) },
  { path: '/joint/:code/apply', name: 'joint_apply', component: () => import('./pages/JointApply.vue'), props: true, meta: own(() => t('page.apply'), WRITE) },
  { path: '/departments', name: 'departments', component: () => import('./pages/Departments.vue'), meta: open(() => t('page.departments')) },
  { path: '/progress', name: 'progress', component: () => import('./pages/Progress.vue'), meta: open(() => t('page.progress')) },
  { path: '/rating', name: 'rating', component: () => import('./pages/Rating.vue'), meta: open(() => t('nav.rating')) },
  { path: '/publicity', name: 'publicity', component: () => import('./pages/Publicity.vue'), meta: open(() => t('page.publicity')) },
  { path: '/open-data', name: 'open_data', component: () => import('./pages/Datasets.vue'), meta: open(() => t('page.open_data')) },
  { path: '/rate/:token', name: 'rate', component: () => import('./pages/Rate.vue'), props: true, meta: open(() => t('page.rate')) },
  { path: '/items/:code/apply', name: 'apply', component: () => import('./pages/Apply.vue'), props: true, meta: own(() => t('page.apply'), WRITE) },
  { path: '/items/:code/practice', name: 'practice', component: () => import('./pages/Practice.vue'), props: true, meta: open(() => t('page.practice')) },
  { path: '/items/:code/batch', name: 'batch_apply', component: () => import('./pages/BatchApply.vue'), props: true, meta: own(() => t('page.batch'), WRITE) },
  { path: '/batches/:id', name: 'batch', component: () => import('./pages/Batch.vue'), props: true, meta: own(() => t('page.batch'), READ) },
  { path: '/applications', name: 'cases', component: () => import('./pages/Cases.vue'), meta: own(() => t('page.cases'), READ) },
  { path: '/applications/:id', name: 'case', component: () => import('./pages/Case.vue'), props: true, meta: own(() => t('page.case'), READ) },
  { path: '/applications/:id/fill', name: 'fill', component: () => import('./pages/Fill.vue'), props: true, meta: own(() => t('page.fill'), WRITE) },
  { path: '/applications/:id/correct', name: 'correct', component: () => import('./pages/Correct.vue'), props: true, meta: own(() => t('page.correct'), WRITE) },
  { path: '/applications/:id/receipt', name: 'receipt', component: () => import('./pages/Receipt.vue'), props: true, meta: own(() => t('page.receipt'), READ) },
  { path: '/vault', name: 'vault', component: () => import('./pages/Vault.vue'), meta: own(() => t('page.vault'), READ) },
  { path: '/signatures', name: 'signatures', component: () => import('./pages/Signatures.vue'), meta: own(() => t('page.signatures'), READ) },
  { path: '/signatures/:id', name: 'signature', component: () => import('./pages/Signature.vue'), props: true, meta: own(() => t('page.signatures'), READ) },
  { path: '/assist/:id?', name: 'assist', component: () => import('./pages/Assist.vue'), props: true, meta: own(() => t('page.assist'), READ) },
  { path: '/proxies', name: 'proxies', component: () => import('./pages/Proxies.vue'), meta: own(() => t('page.proxies'), 'identity.proxy.keep') },
  { path: '/appointments/:what(book)?', name: 'visits', component: () => import('./pages/Visits.vue'), props: true, meta: own(() => t('page.visits'), 'hall.appointment.own') },
  { path: '/licences', name: 'licences', component: () => import('./pages/Licences.vue'), meta: own(() => t('page.licences'), LICENCE) },
  { path: '/licences/:id', name: 'licence', component: () => import('./pages/Licence.vue'), props: true, meta: own(() => t('page.licence'), LICENCE) },
  { path: '/cashier/:code', name: 'cashier', component: () => import('./pages/Cashier.vue'), props: true, meta: open(() => t('page.cashier')) },
  { path: '/verify/:code?', name: 'verify', component: () => import('./pages/Verify.vue'), props: true, meta: open(() => t('page.verify')) },
  { path: '/messages', name: 'messages', component: () => import('./pages/Messages.vue'), meta: own(() => t('page.messages')) },
  { path: '/profile', name: 'profile', component: () => import('./pages/Profile.vue'), meta: own(() => t('page.profile')) },
  { path: '/fault', name: 'fault', component: () => import('@/features/shell/FaultPage.vue'), meta: open(() => shell('fault.title')) },
  ...shellRoutes({ staff: false }),
]
