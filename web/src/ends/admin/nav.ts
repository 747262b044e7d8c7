import type { NavEntry } from '@/features/shell/useNav'
import { t } from './text'

export interface NavGroup {
  key: string
  title: () => string
  entries: readonly NavEntry[]
}

/** Shown as soon as a route of the name exists and the account has its permission. */
export const GROUPS: readonly NavGroup[] = [
  {
    key: 'catalogue',
    title: () => t('group.catalogue'),
    entries: [
      { name: 'items', title: () => t('nav.items'), icon: 'file' },
      { name: 'base_items', title: () => t('nav.base_items'), icon: 'inbox' },
      { name: 'reviews', title: () => t('nav.reviews'), icon: 'check' },
      { name: 'joints', title: () => t('nav.joints'), icon: 'inbox' },
      { name: 'import', title: () => t('nav.import'), icon: 'upload' },
      { name: 'hot', title: () => t('nav.hot'), icon: 'star' },
      { name: 'codes', title: () => t('nav.codes'), icon: 'menu' },
      { name: 'synonyms', title: () => t('nav.synonyms'), icon: 'search' },
      { name: 'licence_types', title: () => t('nav.licence_types'), icon: 'star' },
      { name: 'licences', title: () => t('nav.licences'), icon: 'search' },
    ],
  },
  {
    key: 'organisation',
    title: () => t('group.organisation'),
    entries: [
      { name: 'departments', title: () => t('nav.departments'), icon: 'building' },
      { name: 'sites', title: () => t('nav.sites'), icon: 'calendar' },
      { name: 'staff', title: () => t('nav.staff'), icon: 'user' },
      { name: 'kiosks', title: () => t('nav.kiosks'), icon: 'home' },
    ],
  },
  {
    key: 'running',
    title: () => t('group.running'),
    entries: [
      { name: 'statistics', title: () => t('nav.statistics'), icon: 'inbox' },
      { name: 'publicity', title: () => t('nav.publicity'), icon: 'search' },
      { name: 'calendar', title: () => t('nav.calendar'), icon: 'calendar' },
      { name: 'channel', title: () => t('nav.channel'), icon: 'right' },
      { name: 'endpoints', title: () => t('nav.endpoints'), icon: 'upload' },
      { name: 'sms', title: () => t('nav.sms'), icon: 'inbox' },
      { name: 'events', title: () => t('nav.events'), icon: 'inbox' },
      { name: 'audit', title: () => t('nav.audit'), icon: 'lock' },
    ],
  },
]
