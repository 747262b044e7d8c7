/** Calls of the approval domain and the keys of what they bring. */
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'
import type { FormDocument } from '@/form/document'

const BASE = '/api/v1/approval'

export type Light = 'green' | 'yellow' | 'red' | 'purple' | 'grey'

export interface CaseRow {
  id: string
  number: string
  item_name: string
  applicant: string
  state: string
  /** None once no clock runs towards a decision. */
  light: Light | null
  step_overdue: boolean
  due_kind: string | null
  due: string | null
  remaining_working_days: number | null
  alarm: string | null
  step: string | null
  handler: string | null
  submitted_at: string
  channel: string
  withdrawal_pending: boolean
  result: string | null
}

export interface Counts {
  states: Record<string, number>
  lights: Partial<Record<Light, number>>
  mine: number
  withdrawals: number
}

export interface CaseFile {
  id: string
  /** Only its ending while masked. */
  file_name: string
  media_type: string
  size: number
}

export interface CaseMaterial {
  requirement_id: string
  name: string
  /** None for what the item does not ask for. */
  necessity: 'required' | 'optional' | 'deferrable' | null
  standard: string
  waived: string | null
  missing: boolean
  files: CaseFile[]
}

export interface CaseClock {
  kind: string
  start: string
  /** In words. */
  term: string
  due: string | null
  remaining_working_days: number | null
  overdue: boolean
  open_pause: string | null
  alarm: string | null
  missing_year: number | null
  /** How it came about, as the calendar engine tells it. */
  derivation: unknown
}

export interface CaseCommand {
  command: string
  allowed: boolean
  /** In the reader's language, from the server. */
  reason: string | null
}

export interface CaseStep {
  id: string
  name: string
  post: string
  /** In words. */
  term: string
  standard: string
  status: 'done' | 'current' | 'waiting'
}

export interface CasePaper {
  id: string
  kind: string
  number: string
  title: string
  frozen_at: string
}

export interface CaseEntry {
  seq: number
  kind: string
  at: string
  actor: string
  reason: string
  step: string | null
  notice: { fields: string[]; materials: string[] } | null
  changed: string[]
  ignored: string[]
  way: string | null
  result: string | null
}

export interface Party {
  role: string
  organisation: boolean
  name: string
  id_number: string
  phone: string
}

interface Part {
  key: string
  label: string
}

export interface CaseView {
  id: string
  number: string
  version: number
  item: {
    code: string
    version: number
    name: string
    sample: boolean
    instant: boolean
    legal_term: string | null
    promised_term: string | null
    conditions: string[]
    legal_bases: string[]
  }
  office: string
  channel: string
  state: string
  light: Light | null
  step_overdue: boolean
  masked: boolean
  parties: Party[]
  moments: { submitted_at: string }
  result: string | null
  handler: string | null
  situation: { question: string; answer: string }[]
  form: FormDocument | null
  answers: Record<string, unknown>
  materials: CaseMaterial[]
  timeline: CaseEntry[]
  clocks: { clocks: CaseClock[]; alarm: string | null }
  steps: CaseStep[]
  correction: { fields: Part[]; materials: Part[]; reason: string; due: string | null } | null
  withdrawal: { reason: string; asked_at: string } | null
  papers: CasePaper[]
  commands: CaseCommand[]
  rating: { level: number; tags: string[]; comment: string } | null
}

export interface CaseQuery {
  state?: string | undefined
  light?: string | undefined
  q?: string | undefined
  mine?: boolean | undefined
  withdrawal?: boolean | undefined
}

export const caseKeys = {
  all: ['case'] as const,
  lists: ['case', 'list'] as const,
  list: (query: CaseQuery) => ['case', 'list', query] as const,
  counts: ['case', 'counts'] as const,
  /** Reasons and terms come in the reader's language: another language is another answer. */
  one: (id: string, unmask: boolean) => ['case', 'one', id, unmask, locale.value] as const,
}

export const LIVE = `${BASE}/live`

export function listCases(query: CaseQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<CaseRow>> {
  return api.get(`${BASE}/cases`, { query: { ...query, cursor, limit: 50 }, signal })
}

export function countCases(signal: AbortSignal): Promise<Counts> {
  return api.get(`${BASE}/counts`, { signal })
}

export function readCase(id: string, unmask: boolean, signal: AbortSignal): Promise<CaseView> {
  return api.get(`${BASE}/cases/${id}`, { query: { unmask: unmask || undefined }, signal })
}

export function command(key: string, id: string, name: string, body: object): Promise<CaseView> {
  return api.post(`${BASE}/cases/${id}/${name}`, body, { key })
}

export const materialUrl = (id: string, file: string) => `${BASE}/cases/${id}/materials/${file}`
export const paperUrl = (id: string, paper: string) => `${BASE}/cases/${id}/papers/${paper}`
