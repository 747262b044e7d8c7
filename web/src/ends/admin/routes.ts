/** Pages of the administration: lazy, each with the permission it needs. */
import type { RouteRecordRaw } from 'vue-router'
import { shellRoutes } from '@/features/shell/routes'
import { t } from './text'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/Home.vue'), meta: { title: () => t('home.title') } },
  {
    path: '/items',
    name: 'items',
    component: () => import('./pages/Items.vue'),
    meta: { title: () => t('nav.items'), permission: 'catalogue.item.manage' },
  },
  {
    path: '/items/:code',
    name: 'item',
    component: () => import('./pages/Item.vue'),
    meta: { title: () => t('item'), permission: 'catalogue.item.manage' },
  },
  {
    path: '/base-items',
    name: 'base_items',
    component: () => import('./pages/BaseItems.vue'),
    meta: { title: () => t('nav.base_items'), permission: 'catalogue.item.manage' },
  },
  {
    path: '/base-items/:code',
    name: 'base_item',
    component: () => import('./pages/BaseItem.vue'),
    meta: { title: () => t('nav.base_items'), permission: 'catalogue.item.manage' },
  },
  {
    path: '/sites',
    name: 'sites',
    component: () => import('@/features/site/SitesPage.vue'),
    meta: { title: () => t('nav.sites'), permission: 'hall.site.write' },
  },
  {
    path: '/sites/:id',
    name: 'site',
    component: () => import('@/features/site/SitePage.vue'),
    meta: { title: () => t('nav.sites'), permission: 'hall.site.write' },
  },
  {
    path: '/reviews',
    name: 'reviews',
    component: () => import('./pages/Reviews.vue'),
    meta: { title: () => t('nav.reviews'), permission: 'catalogue.item.manage' },
  },
  {
    path: '/reviews/:id',
    name: 'review',
    component: () => import('./pages/Review.vue'),
    meta: { title: () => t('nav.reviews'), permission: 'catalogue.item.manage' },
  },
  {
    path: '/joint',
    name: 'joints',
    component: () => import('./pages/Joints.vue'),
    meta: { title: () => t('nav.joints'), permission: 'catalogue.item.manage' },
  },
  {
    path: '/joint/:code',
    name: 'joint_item',
    component: () => import('./pages/Joint.vue'),
    meta: { title: () => t('nav.joints'), permission: 'catalogue.item.manage' },
  },
  {
    path: '/import',
    name: 'import',
    component: () => import('./pages/Import.vue'),
    meta: { title: () => t('nav.import'), permission: 'catalogue.item.import' },
  },
  {
    path: '/hot',
    name: 'hot',
    component: () => import('./pages/Hot.vue'),
    meta: { title: () => t('nav.hot'), permission: 'catalogue.item.publish' },
  },
  {
    path: '/codes',
    name: 'codes',
    component: () => import('./pages/Codes.vue'),
    meta: { title: () => t('nav.codes'), permission: 'catalogue.code_table.write' },
  },
  {
    path: '/synonyms',
    name: 'synonyms',
    component: () => import('./pages/Synonyms.vue'),
    meta: { title: () => t('nav.synonyms'), permission: 'catalogue.synonym.write' },
  },
  {
    path: '/departments',
    name: 'departments',
    component: () => import('./pages/Departments.vue'),
    meta: { title: () => t('nav.departments'), permission: 'catalogue.department.write' },
  },
  {
    path: '/licence-types',
    name: 'licence_types',
    component: () => import('./pages/LicenceTypes.vue'),
    meta: { title: () => t('nav.licence_types'), permission: 'licence.type.write' },
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
    path: '/kiosks',
    name: 'kiosks',
    component: () => import('./pages/Kiosks.vue'),
    meta: { title: () => t('nav.kiosks'), permission: 'identity.kiosk.manage' },
  },
  {
    path: '/staff',
    name: 'staff',
    component: () => import('./pages/Staff.vue'),
    meta: { title: () => t('nav.staff'), permission: 'identity.account.read' },
  },
  {
    path: '/calendar',
    name: 'calendar',
    component: () => import('./pages/Calendar.vue'),
    meta: { title: () => t('nav.calendar'), permission: 'catalogue.calendar.read' },
  },
  {
    path: '/channel',
    name: 'channel',
    component: () => import('./pages/Channel.vue'),
    meta: { title: () => t('nav.channel'), permission: 'governance.channel.read' },
  },
  {
    path: '/endpoints',
    name: 'endpoints',
    component: () => import('./pages/Endpoints.vue'),
    meta: { title: () => t('nav.endpoints'), permission: 'apps.endpoint.read' },
  },
  {
    path: '/endpoints/:id',
    name: 'endpoint',
    component: () => import('./pages/Endpoint.vue'),
    meta: { title: () => t('nav.endpoints'), permission: 'apps.endpoint.read' },
  },
  {
    path: '/sms',
    name: 'sms',
    component: () => import('./pages/Sms.vue'),
    meta: { title: () => t('nav.sms'), permission: 'interaction.sms.read' },
  },
  {
    path: '/events',
    name: 'events',
    component: () => import('./pages/Events.vue'),
    meta: { title: () => t('nav.events'), permission: 'governance.event_log.read' },
  },
  {
    path: '/audit',
    name: 'audit',
    component: () => import('./pages/Audit.vue'),
    meta: { title: () => t('nav.audit'), permission: 'governance.audit.read' },
  },
  {
    path: '/statistics',
    name: 'statistics',
    component: () => import('@/features/insight/StatisticsPage.vue'),
    meta: { title: () => t('nav.statistics'), permission: 'insight.statistics.read' },
  },
  {
    path: '/publicity',
    name: 'publicity',
    component: () => import('@/features/insight/ItemPublicity.vue'),
    meta: { title: () => t('nav.publicity'), permission: 'insight.publicity.manage' },
  },
  ...shellRoutes({ staff: true }),
]
