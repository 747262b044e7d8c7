/** Pages of the desk: lazy, each with the permission it needs. */
import type { RouteRecordRaw } from 'vue-router'
import { useSession } from '@/core/session'
import { shellRoutes } from '@/features/shell/routes'
import { t } from './text'

declare module 'vue-router' {
  interface RouteMeta {
    /** The page takes the height of the window, and its parts scroll by themselves. */
    fill?: boolean
  }
}

const permission = 'approval.case.read'
const counter = 'intake.counter.read'
const takesIn = 'intake.counter.write'
const helps = 'intake.assist.desk'
const rectification = 'interaction.rectification.read'

export const routes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'home',
    component: () => import('./pages/Home.vue'),
    meta: { title: () => t('home.title') },
    // Whoever handles cases begins with his to-do list.
    beforeEnter: () => {
      const session = useSession()
      if (session.can(permission)) return { name: 'todo', replace: true }
      // Whoever only takes in begins at the counter.
      if (session.can(counter)) return { name: 'counter', replace: true }
      return session.can(helps) ? { name: 'assist', replace: true } : true
    },
  },
  {
    path: '/todo',
    name: 'todo',
    component: () => import('./pages/Cases.vue'),
    props: { todo: true },
    meta: { title: () => t('nav.todo'), permission, fill: true },
  },
  {
    path: '/cases',
    name: 'cases',
    component: () => import('./pages/Cases.vue'),
    props: { todo: false },
    meta: { title: () => t('nav.cases'), permission, fill: true },
  },
  {
    path: '/cases/:id',
    name: 'case',
    component: () => import('./pages/Case.vue'),
    meta: { title: () => t('case.title'), permission, fill: true },
  },
  {
    path: '/counter',
    name: 'counter',
    component: () => import('./pages/Counter.vue'),
    meta: { title: () => t('nav.counter'), permission: counter },
  },
  {
    path: '/counter/new',
    name: 'counter_begin',
    component: () => import('./pages/CounterBegin.vue'),
    meta: { title: () => t('nav.counter'), permission: takesIn },
  },
  {
    path: '/counter/:id',
    name: 'counter_fill',
    component: () => import('./pages/CounterFill.vue'),
    props: true,
    meta: { title: () => t('nav.counter'), permission: takesIn },
  },
  {
    path: '/counter/:id/handed',
    name: 'counter_handed',
    component: () => import('./pages/CounterHanded.vue'),
    props: true,
    meta: { title: () => t('nav.counter'), permission: counter },
  },
  {
    path: '/assist',
    name: 'assist',
    component: () => import('./pages/Assist.vue'),
    meta: { title: () => t('nav.assist'), permission: helps },
  },
  {
    path: '/assist/:id',
    name: 'assist_request',
    component: () => import('./pages/AssistRequest.vue'),
    props: true,
    meta: { title: () => t('nav.assist'), permission: helps },
  },
  {
    path: '/assist/drafts/:id',
    name: 'assist_fill',
    component: () => import('./pages/AssistFill.vue'),
    props: true,
    meta: { title: () => t('nav.assist'), permission: 'intake.assist.fill' },
  },
  {
    path: '/batches',
    name: 'batches',
    component: () => import('./pages/Batches.vue'),
    meta: { title: () => t('nav.batches'), permission: 'approval.case.batch' },
  },
  {
    path: '/batches/:id',
    name: 'batch',
    component: () => import('./pages/Batch.vue'),
    meta: { title: () => t('nav.batches'), permission: 'approval.case.batch' },
  },
  {
    path: '/commitments',
    name: 'commitments',
    component: () => import('./pages/Commitments.vue'),
    meta: { title: () => t('nav.commitments'), permission },
  },
  {
    path: '/joint',
    name: 'joint_matters',
    component: () => import('@/features/joint-lead/MatterList.vue'),
    meta: { title: () => t('nav.joint'), permission: 'approval.case.accept' },
  },
  {
    path: '/joint/:number',
    name: 'joint_matter',
    component: () => import('@/features/joint-lead/MatterPage.vue'),
    props: true,
    meta: { title: () => t('nav.joint'), permission: 'approval.case.accept' },
  },
  {
    path: '/opinions',
    name: 'opinions',
    component: () => import('./pages/Opinions.vue'),
    meta: { title: () => t('nav.opinions'), permission: 'approval.opinion.answer' },
  },
  {
    path: '/opinions/:id',
    name: 'opinion',
    component: () => import('./pages/Opinion.vue'),
    props: true,
    meta: { title: () => t('nav.opinions'), permission: 'approval.opinion.answer' },
  },
  {
    path: '/supervisions',
    name: 'supervisions',
    component: () => import('./pages/Supervisions.vue'),
    meta: { title: () => t('nav.supervisions'), permission: 'approval.supervision.read' },
  },
  {
    path: '/licences',
    name: 'licences',
    component: () => import('@/features/licence/LicenceSearch.vue'),
    meta: { title: () => t('nav.licences'), permission: 'licence.licence.read' },
  },
  {
    path: '/licences/:id',
    name: 'licence',
    component: () => import('@/features/licence/StaffLicence.vue'),
    props: true,
    meta: { title: () => t('nav.licences'), permission: 'licence.licence.read' },
  },
  {
    path: '/rectifications',
    name: 'rectifications',
    component: () => import('./pages/Rectifications.vue'),
    meta: { title: () => t('nav.rectifications'), permission: rectification },
  },
  {
    path: '/rectifications/:id',
    name: 'rectification',
    component: () => import('./pages/Rectification.vue'),
    props: true,
    meta: { title: () => t('nav.rectifications'), permission: rectification },
  },
  {
    path: '/labels',
    name: 'labels',
    component: () => import('@/features/label/LabelPage.vue'),
    meta: { title: () => t('nav.labels'), permission: 'approval.label.write' },
  },
  {
    path: '/deputies',
    name: 'deputies',
    component: () => import('@/features/delegation/DelegationPage.vue'),
    meta: { title: () => t('nav.deputies'), permission: 'identity.delegation.keep' },
  },
  {
    path: '/handover',
    name: 'handover',
    component: () => import('@/features/handover/HandoverPage.vue'),
    meta: { title: () => t('nav.handover'), permission: 'approval.case.hand_over' },
  },
  {
    path: '/visits',
    name: 'visits',
    component: () => import('@/features/appointment/DeskVisits.vue'),
    meta: { title: () => t('nav.visits'), permission: 'hall.appointment.handle' },
  },
  {
    path: '/relay',
    name: 'relay',
    component: () => import('@/features/relay/RelayPage.vue'),
    meta: { title: () => t('nav.relay'), permission: 'approval.relay.use' },
  },
  {
    path: '/relay/:id',
    name: 'relay_list',
    component: () => import('@/features/relay/RelayListPage.vue'),
    meta: { title: () => t('nav.relay'), permission: 'approval.relay.use' },
  },
  {
    path: '/archive',
    name: 'archive',
    component: () => import('@/features/archive/ArchivePage.vue'),
    meta: { title: () => t('nav.archive'), permission: 'approval.archive.read' },
  },
  {
    path: '/archive/:id',
    name: 'archive_list',
    component: () => import('@/features/archive/ArchiveListPage.vue'),
    meta: { title: () => t('nav.archive'), permission: 'approval.archive.read' },
  },
  {
    path: '/hotline',
    name: 'hotline',
    component: () => import('./pages/Hotline.vue'),
    meta: { title: () => t('nav.hotline'), permission: 'interaction.hotline.rate' },
  },
  {
    path: '/words',
    name: 'words',
    component: () => import('./pages/Words.vue'),
    meta: { title: () => t('nav.words'), permission: 'interaction.words.review' },
  },
  {
    path: '/statistics',
    name: 'statistics',
    component: () => import('@/features/insight/StatisticsPage.vue'),
    meta: { title: () => t('nav.statistics'), permission: 'insight.statistics.read' },
  },
  {
    path: '/permits',
    name: 'permits',
    component: () => import('@/features/insight/PermitRegister.vue'),
    meta: { title: () => t('nav.permits'), permission: 'insight.permit.correct' },
  },
  {
    path: '/penalties',
    name: 'penalties',
    component: () => import('@/features/penalty/PenaltyRegister.vue'),
    meta: { title: () => t('nav.penalties'), permission: 'insight.penalty.read' },
  },
  ...shellRoutes({ staff: true }),
]
