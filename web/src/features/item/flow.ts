/** The way of an application as a guide shows it: its fixed ends and the item's own steps. */
import { termText, type Term } from '@/features/term/model'
import { t } from './guide-text'
import type { ItemGuide } from './types'

export interface FlowStep {
  key: string
  title: string
  detail: string
  term: string
}

export function flowOf(item: ItemGuide): FlowStep[] {
  const limit = (term: Term | null) => (term ? t('flow.term', { term: termText(term) }) : '')
  const steps = item.steps.map((step) => ({ key: step.id, title: step.name, detail: [step.standard, step.result && t('flow.step_result', { result: step.result })].filter(Boolean).join(t('flow.and')), term: limit(step.term) }))
  const instant = item.case_kind === 'instant'
  const onPromise = item.commitment?.whole ? t('flow.on_promise', { method: item.commitment.method, term: termText(item.commitment.check_term as Term) }) : ''
  const accept = onPromise + t(item.correction_lapses ? 'flow.accept_detail_lapses' : 'flow.accept_detail')
  return [
    { key: 'submit', title: t('flow.submit'), detail: item.online ? t('flow.submit_detail') : t('flow.counter'), term: '' },
    ...(instant ? [] : [{ key: 'accept', title: t('flow.accept'), detail: accept, term: '' }]),
    ...steps,
    { key: 'decide', title: t('flow.decide'), detail: t('flow.decide_detail'), term: instant ? limit(item.promised_term) : '' },
    ...(item.result
      ? [{ key: 'deliver', title: t('flow.deliver'), detail: t('flow.deliver_detail', { result: item.result.name }), term: '' }]
      : []),
  ]
}
