/** How an item is handled, in the words of somebody who wants it done. Only what the office has said. */
import { t } from './guide-text'
import { termText, type Term } from '@/features/term/model'
import type { ItemGuide } from './types'

/** How long co-applicants have where the item says nothing. */
const SIGNING: Term = { length: 10, unit: 'working_days' }

export interface Entry {
  key: string
  name: string
  value: string
}

const said = (entries: readonly Entry[]) => entries.filter((one) => one.value !== '')
const listed = (words: readonly string[]) => words.join(t('separator'))

export function handlingOf(item: ItemGuide): Entry[] {
  const { handling, authority } = item
  const entry = (key: string, value: string): Entry => ({ key, name: t(`handling.${key}` as 'handling.ways'), value })
  const visits = item.visits > 0 ? t('handling.visits_n', { n: item.visits }) : item.online ? t('handling.visits_none') : ''
  const helps = (['proxy', 'appointment', 'self_service', 'online_payment', 'in_hall'] as const).filter((key) => handling[key])
  const signers = handling.co_applicants
  return said([
    entry('ways', listed(handling.ways.map((one) => t(`handling.way.${one}`)))),
    entry('visits', item.visits > 0 && handling.visit_reason ? t('handling.visits_why', { visits, reason: handling.visit_reason }) : visits),
    entry('process', handling.process),
    entry('helps', listed(helps.map((key) => t(`handling.help.${key}`)))),
    entry('co_applicants', signers ? t('handling.co_n', { role: signers.role, n: signers.min === signers.max ? String(signers.max) : t('handling.co_range', { min: signers.min, max: signers.max }), term: termText((signers.term as Term | undefined) ?? SIGNING) }) : ''),
    entry('scope', authority.scope === 'none' ? '' : t(`handling.scopes.${authority.scope}`)),
    entry('quota', authority.quota ? t('handling.quota_n', { n: authority.quota.number, note: authority.quota.note }) : ''),
    entry('examination', handling.examination ? t(`handling.examinations.${handling.examination}`) : ''),
    entry('front_desk', handling.ways.includes('counter') ? t(`handling.desks.${handling.front_desk}`) : ''),
    entry('fee_gate', handling.fee_gate ? t(`handling.fee_gates.${handling.fee_gate}`) : ''),
    entry('delivery', listed(handling.delivery.map((one) => t(`handling.deliveries.${one}`)))),
  ])
}

export function officeOf(item: ItemGuide): Entry[] {
  const { authority, handling } = item
  const entry = (key: string, value: string): Entry => ({ key, name: t(`office.${key}` as 'office.nature'), value })
  const facts = said([
    entry('nature', authority.nature ? t(`office.natures.${authority.nature}`) : ''),
    entry('level', authority.level ? t(`office.levels.${authority.level}`) : ''),
    entry('source', authority.source ? t(`office.sources.${authority.source}`) : ''),
    entry('delegated_by', authority.delegated_by),
    entry('joint_offices', listed(authority.joint_offices)),
    entry('system', handling.system === 'own' ? '' : t(`office.systems.${handling.system}`)),
  ])
  return facts.length > 0 ? [entry('name', item.department_name), ...facts] : []
}
