/** Calls of the approval domain and the keys of what they bring. */
import type { Answer, Light, Narrow } from '@/api/answers'
import { api, upload, type Page } from '@/core/http'
import { locale } from '@/core/i18n'
import type { FormDocument } from '@/form/document'

const BASE = '/api/v1/approval'

export type { Light }
export type CaseRow = Answer<'CaseRow'>
export type Counts = Answer<'CaseCounts'>
export type CaseFile = Answer<'FileView'>
export type CaseMaterial = Answer<'MaterialView'>
export type CaseLicence = Answer<'CaseLicenceView'>
export type CaseClock = Answer<'ClockView'>
export type CaseCommand = Answer<'CommandView'>
export type CaseStep = Answer<'StepView'>
export type CasePaper = Answer<'PaperView'>
export type CaseEntry = Answer<'EventView'>
export type Original = Answer<'OriginalView'>
export type VoidProposal = Answer<'VoidView'>
export type Commitment = Answer<'CommitmentView'>
export type Procedure = Answer<'ProcedureView'>
export type ProcedureOption = Answer<'ProcedureOptionView'>
export type Party = Answer<'PartyView'>

/** With the form document of the forms engine. */
export type CaseView = Narrow<Answer<'CaseView'>, { form: FormDocument | null }>

export interface CaseQuery {
  state?: string | undefined
  light?: string | undefined
  q?: string | undefined
  /** Only what waits for a post of the caller's. */
  todo?: boolean | undefined
  mine?: boolean | undefined
  withdrawal?: boolean | undefined
  /** Id of whoever handles them. */
  handler?: string | undefined
  /** Id of a label. */
  label?: string | undefined
  sort?: string | undefined
  /** With a note that names the reader. */
  mentioned?: boolean | undefined
  /** Under an order of supervision. */
  supervised?: boolean | undefined
  /** With a letter of the applicant that waits for an answer. */
  letter?: boolean | undefined
  /** Whose fee waits for this. */
  fee?: 'unpaid' | 'request' | 'refund' | undefined
}

export const caseKeys = {
  all: ['case'] as const,
  lists: ['case', 'list'] as const,
  list: (query: CaseQuery) => ['case', 'list', query] as const,
  allCounts: ['case', 'counts'] as const,
  counts: (todo: boolean) => ['case', 'counts', todo] as const,
  successors: ['colleague', 'successors'] as const,
  letters: (id: string) => ['case', 'letters', id] as const,
  /** Reasons and terms come in the reader's language: another language is another answer. */
  one: (id: string, unmask: boolean) => ['case', 'one', id, unmask, locale.value] as const,
}

export const LIVE = `${BASE}/live`

export function listCases(query: CaseQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<CaseRow>> {
  return api.get(`${BASE}/cases`, { query: { ...query, cursor, limit: 50 }, signal })
}

export function countCases(todo: boolean, signal: AbortSignal): Promise<Counts> {
  return api.get(`${BASE}/counts`, { query: { todo: todo || undefined }, signal })
}

export function readCase(id: string, unmask: boolean, signal: AbortSignal): Promise<CaseView> {
  return api.get(`${BASE}/cases/${id}`, { query: { unmask: unmask || undefined }, signal })
}

export function command(key: string, id: string, name: string, body: object): Promise<CaseView> {
  return api.post(`${BASE}/cases/${id}/${name}`, body, { key })
}

/** A colleague who can go on with cases. */
export type Successor = Answer<'ColleagueView'>

export const listSuccessors = (signal: AbortSignal): Promise<Successor[]> => api.get(`${BASE}/successors`, { signal })

export type CaseLetter = Answer<'LetterView'>

export const listLetters = (id: string, signal: AbortSignal): Promise<CaseLetter[]> => api.get(`${BASE}/cases/${id}/letters`, { signal })

export const writeLetter = (key: string, id: string, seen: number, form: FormData) =>
  upload<Answer<'LetterWritten'>>(`${BASE}/cases/${id}/letters?seen=${seen}`, form, { key })

export const settleLetters = (key: string, id: string, seen: number) => api.post<unknown>(`${BASE}/cases/${id}/letters/settle`, { seen }, { key })

export const letterFileUrl = (id: string, file: string) => `${BASE}/cases/${id}/letters/files/${file}`
export const materialUrl = (id: string, file: string) => `${BASE}/cases/${id}/materials/${file}`
export const paperUrl = (id: string, paper: string) => `${BASE}/cases/${id}/papers/${paper}`
