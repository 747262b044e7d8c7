/** The public query: by case number and password, without a session. */
import { api } from '@/core/http'
import type { Sentence, State, TimelineEntry } from '@/features/application/types'

export interface Progress {
  case_number: string
  item_name: string
  department_name: string
  /** Masked. */
  applicant_name: string
  state: State
  standing: Sentence
  submitted_at: string | null
  promised_due: string | null
  legal_due: string | null
  timeline: TimelineEntry[]
}

export const askProgress = (key: string, case_number: string, password: string) =>
  api.post<Progress>('/api/v1/intake/progress', { case_number, password }, { key })
