/** Items as the catalogue's API gives them. */
import type { FormDocument } from '@/form/document'
import type { Term } from '@/features/term/model'

export type ItemAudience =
  | 'natural_person' | 'enterprise' | 'public_institution' | 'social_organisation'
  | 'unincorporated_enterprise' | 'administrative_organ' | 'other'
export type CaseKind = 'instant' | 'promised' | 'joint' | 'reported'
export type ItemType = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10' | '20'
/** The two doors of the portal. */
export type Door = 'person' | 'enterprise'

export interface ItemRow {
  code: string
  name: string
  department_name: string
  region: string
  item_type: ItemType
  audience: ItemAudience[]
  case_kind: CaseKind
  summary: string
  promised_term: Term | null
  legal_term: Term | null
  online: boolean
  visits: number
  sample: boolean
  themes: string[]
}

export interface MaterialRequirement {
  id: string
  name: string
  necessity: 'required' | 'optional' | 'deferrable'
  source: 'applicant' | 'government' | 'other'
  form: 'paper' | 'electronic' | 'both'
  original: boolean
  copies: number
  standard: string
  notes: string
  basis: string
  waived: string | null
}

export interface SituationQuestion {
  id: string
  question: string
  options: { id: string; label: string; materials: string[]; barred: string | null }[]
}

/** Question id → option id. */
export type SituationAnswers = Record<string, string>

export interface Place {
  name: string
  address: string
  hours: string
  phone: string
}

export interface ItemDocument {
  code: string
  business_code: string | null
  external_codes: string[]
  name: string
  category: string
  item_type: ItemType
  department_code: string
  department_name: string
  region: string
  audience: ItemAudience[]
  case_kind: CaseKind
  sample: boolean
  summary: string
  conditions: string[]
  legal_term: Term | null
  promised_term: Term | null
  pre_review_term: Term | null
  situations: SituationQuestion[]
  materials: MaterialRequirement[]
  steps: { id: string; name: string; post: string; term: Term; standard: string }[]
  fees: { name: string; amount: number; basis: string }[]
  legal_bases: { name: string; number: string; article: string; text: string }[]
  result: { name: string; kind: string; validity: string } | null
  online_depth: number
  visits: number
  places: Place[]
  consultation: string
  complaint: string
  remedies: string
  themes: string[]
  faqs: { question: string; answer: string }[]
  form: FormDocument | null
}

/** A guide: the description in one version. */
export interface ItemGuide extends ItemDocument {
  version: number
  /** Whether an application can be made now. */
  online: boolean
}

export interface Facet {
  name: string
  values: { value: string; label: string; count: number }[]
}

export interface ItemPage {
  items: ItemRow[]
  next_cursor: string | null
  facets?: Facet[]
}

export interface Theme {
  name: string
  icon: string
  audience: Door
  /** Published items under it. */
  items: number
}

export interface Department {
  code: string
  name: string
  short_name: string
  region: string
  kind: 'department' | 'centre'
  phone: string
  address: string
  sample: boolean
  items: number
}
