/** Applications as the intake's API gives them. */
import type { Answers, FormDocument } from '@/form/document'
import type { MaterialRequirement, SituationAnswers, SituationQuestion } from '@/features/item/types'

export type State =
  | 'draft' | 'submitted' | 'pre_review_returned' | 'awaiting_originals' | 'received' | 'correcting'
  | 'accepted' | 'examining' | 'special_procedure' | 'suspended' | 'decided' | 'closed' | 'delivered'
  | 'not_accepted' | 'refused' | 'returned' | 'withdrawn' | 'terminated' | 'transferred' | 'reported_up' | 'voided'

/** A sentence of the server in the reader's language. */
export interface Sentence {
  key: string
  args: Record<string, string>
  text: string
}

export interface MaterialFile {
  id: string
  requirement_id: string
  file_name: string
  media_type: string
  size: number
  handed_in: boolean
  created_at: string
}

export interface Requirement extends MaterialRequirement {
  required: boolean
  editable: boolean
  files: MaterialFile[]
}

export interface Correction {
  fields: string[]
  materials: string[]
  reason: string
  due: string | null
  open: boolean
}

export interface TimelineEntry {
  kind: string
  text: string
  at: string
  office?: string
  step?: string | null
  words?: string
}

export interface Paper {
  id: string
  kind: string
  number: string
  title: string
}

export interface Rating {
  level: number
  tags: string[]
  comment: string
  created_at: string
}

export interface Application {
  id: string
  case_number: string | null
  item_code: string
  item_version: number
  item_name: string
  department_code: string
  department_name: string
  region: string
  channel: 'pc' | 'mobile' | 'kiosk' | 'counter'
  state: State
  version: number
  standing: Sentence
  next_action: Sentence
  editable: 'all' | 'listed' | 'nothing'
  applicant: { name: string; id_number: string; phone: string; agent_name: string }
  situations: SituationQuestion[]
  situation_answers: SituationAnswers
  form_document: FormDocument | null
  form: Answers
  materials: Requirement[]
  attachments: MaterialFile[]
  correction: Correction | null
  timeline: TimelineEntry[]
  papers: Paper[]
  withdrawal_pending: boolean
  result: 'granted' | 'denied' | null
  applicant_due: string | null
  legal_due: string | null
  promised_due: string | null
  derivation: unknown
  rating: Rating | null
  created_at: string
  updated_at: string
  submitted_at: string | null
}

export interface ApplicationRow {
  id: string
  case_number: string | null
  item_code: string
  item_name: string
  department_name: string
  state: State
  standing: Sentence
  next_action: Sentence
  needs_action: boolean
  withdrawal_pending: boolean
  promised_due: string | null
  created_at: string
  updated_at: string
  submitted_at: string | null
}

export interface RatingLevel {
  level: number
  label: string
  tags: { key: string; label: string }[]
}
