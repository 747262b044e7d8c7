/** How licences are shown, and how the template of a type is edited as text. */
import { dateLong } from '@/core/format'
import type { FaceItem, Standing, TypeDocument } from './api'
import { t } from './text'

const TONES = { valid: 'ok', expired: 'late', revoked: 'bad', replaced: 'warn', deregistered: 'bad', voided: 'bad' } as const

export const toneOf = (standing: Standing) => TONES[standing]

/** Until when: a date, or without an end. */
export const untilOf = (until: string | null) => (until ? dateLong(until) : t('open_end'))

export type Source = FaceItem['source']
export const SOURCES = ['holder_name', 'holder_id', 'form', 'item_name', 'organ', 'issued_on', 'validity', 'fixed'] as const satisfies readonly Source['kind'][]

/** One line of the face in the editor: keys and fixed text share one field. */
export interface FaceRow {
  label: string
  kind: Source['kind']
  detail: string
  public: boolean
  /** Whether its holder may have it changed, and the papers that this takes. */
  amend: boolean
  proofs: string
}

export const toRow = (item: FaceItem): FaceRow => ({
  label: item.label,
  kind: item.source.kind,
  detail: item.source.kind === 'form' ? item.source.keys.join(' ') : item.source.kind === 'fixed' ? item.source.text : '',
  public: item.public ?? false,
  amend: Boolean(item.amend),
  proofs: item.amend?.proofs.join('\n') ?? '',
})

function sourceOf(row: FaceRow): Source {
  if (row.kind === 'form') return { kind: 'form', keys: words(row.detail) }
  if (row.kind === 'fixed') return { kind: 'fixed', text: row.detail.trim() }
  return { kind: row.kind }
}

export const toItem = (row: FaceRow): FaceItem => ({
  label: row.label.trim(),
  source: sourceOf(row),
  public: row.public,
  ...(row.amend ? { amend: { proofs: row.proofs.split('\n').map((name) => name.trim()).filter(Boolean) } } : {}),
})

/** A line as a new one begins. */
export const newRow = (): FaceRow => ({ label: '', kind: 'form', detail: '', public: false, amend: false, proofs: '' })

const whole = (text: string) => Math.max(0, Math.trunc(Number(text)) || 0)

const words = (text: string) => text.split(/[\s,，、]+/).filter(Boolean)

/** The template as the editor holds it: texts only. */
export interface Draft {
  code: string
  name: string
  items: string
  number_rule: string
  years: string
  amend_days: string
  holder_keys: string
  layout: string
  seal: string[]
  face: FaceRow[]
}

/** A new type begins with what nearly every licence has. */
export const blank = (): Draft => ({
  code: '', name: '', items: '', number_rule: '{year}{serial}', years: '', amend_days: '', holder_keys: '', layout: 'landscape', seal: ['seal'],
  face: [
    { ...newRow(), label: t('blank.holder'), kind: 'holder_name', public: true },
    { ...newRow(), label: t('blank.validity'), kind: 'validity', public: true },
    { ...newRow(), label: t('blank.organ'), kind: 'organ', public: true },
  ],
})

export function toDraft(code: string, document: TypeDocument): Draft {
  const { holder, validity } = document
  return {
    code,
    name: document.name,
    items: document.items.join('\n'),
    number_rule: document.number_rule,
    amend_days: String(document.amend_days ?? ''),
    years: validity.kind === 'years' ? String(validity.years) : '',
    holder_keys: holder.kind === 'form' ? `${holder.name_key} ${holder.id_key}` : '',
    layout: document.layout,
    seal: document.seal ? ['seal'] : [],
    face: document.face.map(toRow),
  }
}

export function toDocument(draft: Draft): TypeDocument {
  const [name_key = '', id_key = ''] = words(draft.holder_keys)
  return {
    name: draft.name.trim(),
    items: words(draft.items),
    number_rule: draft.number_rule.trim(),
    validity: draft.years.trim() === '' ? { kind: 'open' } : { kind: 'years', years: whole(draft.years) },
    ...(draft.amend_days.trim() === '' ? {} : { amend_days: whole(draft.amend_days) }),
    holder: name_key === '' ? { kind: 'applicant' } : { kind: 'form', name_key, id_key },
    layout: draft.layout === 'portrait' ? 'portrait' : 'landscape',
    seal: draft.seal.includes('seal'),
    face: draft.face.map(toItem),
  }
}
