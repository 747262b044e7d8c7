import type { NavEntry } from '@/features/shell/useNav'
import { t } from './text'

/** Shown as soon as a route of the name exists and the account has its permission. */
export const NAV: readonly NavEntry[] = [
  { name: 'todo', title: () => t('nav.todo'), icon: 'inbox' },
  { name: 'counter', title: () => t('nav.counter'), icon: 'plus' },
  { name: 'assist', title: () => t('nav.assist'), icon: 'inbox' },
  { name: 'cases', title: () => t('nav.cases'), icon: 'file' },
  { name: 'batches', title: () => t('nav.batches'), icon: 'check' },
  { name: 'commitments', title: () => t('nav.commitments'), icon: 'pencil' },
  { name: 'joint_matters', title: () => t('nav.joint'), icon: 'inbox', rare: true },
  { name: 'opinions', title: () => t('nav.opinions'), icon: 'file', rare: true },
  { name: 'supervisions', title: () => t('nav.supervisions'), icon: 'warn' },
  { name: 'licences', title: () => t('nav.licences'), icon: 'star' },
  { name: 'rectifications', title: () => t('nav.rectifications'), icon: 'star' },
  { name: 'visits', title: () => t('nav.visits'), icon: 'calendar', rare: true },
  { name: 'relay', title: () => t('nav.relay'), icon: 'inbox', rare: true },
  { name: 'archive', title: () => t('nav.archive'), icon: 'inbox', rare: true },
  { name: 'statistics', title: () => t('nav.statistics'), icon: 'inbox', rare: true },
  { name: 'permits', title: () => t('nav.permits'), icon: 'file', rare: true },
  { name: 'penalties', title: () => t('nav.penalties'), icon: 'file', rare: true },
  { name: 'labels', title: () => t('nav.labels'), icon: 'pencil', rare: true },
  { name: 'deputies', title: () => t('nav.deputies'), icon: 'pencil', rare: true },
  { name: 'handover', title: () => t('nav.handover'), icon: 'pencil', rare: true },
  { name: 'hotline', title: () => t('nav.hotline'), icon: 'star', rare: true },
  { name: 'words', title: () => t('nav.words'), icon: 'pencil', rare: true },
]
