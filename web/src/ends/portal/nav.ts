import type { NavEntry } from '@/features/shell/useNav'
import { t } from './text'

/** Shown as soon as a route of the name exists. */
export const NAV: readonly NavEntry[] = [
  { name: 'home', title: () => t('nav.home') },
  { name: 'person', title: () => t('nav.person') },
  { name: 'enterprise', title: () => t('nav.enterprise') },
  { name: 'joint', title: () => t('nav.joint') },
  { name: 'rating', title: () => t('nav.rating') },
  { name: 'publicity', title: () => t('page.publicity') },
  { name: 'progress', title: () => t('nav.progress') },
  { name: 'cases', title: () => t('nav.mine') },
]
