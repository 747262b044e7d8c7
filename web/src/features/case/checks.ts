/** What the system can compare by itself: materials, rules of the form, situation, terms. */
import { date, today } from '@/core/format'
import type { FormDocument } from '@/form/document'
import { trailOf } from '@/form/trail'
import { validate } from '@/form/validate'
import type { CaseView } from './api'
import { nameOf } from './model'
import { t } from './text'

export interface Check {
  key: string
  title: string
  verdict: 'ok' | 'bad' | 'skipped'
  words: string
  details: string[]
}

/** Whether a path lies in a field whose answer is masked here. */
function isSensitive(document: FormDocument, path: string): boolean {
  return trailOf(document, path)?.fields.some((field) => field.sensitive) ?? false
}

function ofMaterials(view: CaseView): Check {
  const lacking = view.materials.filter((one) => one.missing).map((one) => one.name)
  const required = view.materials.filter((one) => one.necessity === 'required').length
  return {
    key: 'materials',
    title: t('checks.materials'),
    verdict: lacking.length > 0 ? 'bad' : 'ok',
    words: lacking.length > 0 ? t('checks.materials_bad', { names: lacking.join(t('separator')) }) : t('checks.materials_ok', { n: required }),
    details: [],
  }
}

/** Nothing where no licence takes the place of a material. */
function ofLicences(view: CaseView): Check[] {
  const licences = view.materials.flatMap((one) => one.licences)
  if (licences.length === 0) return []
  const ended = licences.filter((one) => one.standing !== 'valid').map((one) => `${one.type_name} ${one.number}`)
  const words = ended.length > 0 ? t('checks.licences_bad', { names: ended.join(t('separator')) }) : t('checks.licences_ok', { n: licences.length })
  return [{ key: 'licences', title: t('checks.licences'), verdict: ended.length > 0 ? 'bad' : 'ok', words, details: [] }]
}

function ofForm(view: CaseView): Check {
  const { form: document } = view
  const head = { key: 'form', title: t('checks.form') }
  if (!document) return { ...head, verdict: 'skipped', words: t('checks.form_none'), details: [] }
  const { problems, shown } = validate(document, view.answers, { today: today() })
  const known = problems.filter((one) => !view.masked || !isSensitive(document, one.path))
  const details = [...new Set(known.map((one) => nameOf(one.path, document, [])))]
  return {
    ...head,
    verdict: known.length > 0 ? 'bad' : 'ok',
    words: known.length > 0 ? t('checks.form_bad', { n: known.length }) : t('checks.form_ok', { n: shown.size }),
    details: view.masked ? [...details, t('checks.hidden')] : details,
  }
}

function ofSituation(view: CaseView): Check {
  const answers = view.situation.map((one) => `${one.question} ${one.answer}`)
  return {
    key: 'situation',
    title: t('checks.situation'),
    verdict: answers.length > 0 ? 'ok' : 'skipped',
    words: answers[0] ?? t('checks.situation_none'),
    details: answers.slice(1),
  }
}

function ofDeadline(view: CaseView): Check {
  const provisional = view.clocks.alarm !== null
  const words = view.clocks.clocks.length === 0 ? 'checks.deadline_none' : provisional ? 'checks.deadline_provisional' : 'checks.deadline_ok'
  return {
    key: 'deadline',
    title: t('checks.deadline'),
    verdict: view.clocks.clocks.length === 0 ? 'skipped' : provisional ? 'bad' : 'ok',
    words: t(words),
    details: [],
  }
}

function ofCorrection(view: CaseView): Check[] {
  const asked = view.correction
  if (!asked) return []
  const names = [...asked.fields, ...asked.materials].map((part) => part.label)
  const words = asked.due ? t('checks.correction_due', { date: date(asked.due) }) : asked.reason
  return [{ key: 'correction', title: t('checks.correction'), verdict: 'skipped', words, details: names }]
}

export function checksOf(view: CaseView): Check[] {
  return [ofMaterials(view), ...ofLicences(view), ofForm(view), ofSituation(view), ofDeadline(view), ...ofCorrection(view)]
}
