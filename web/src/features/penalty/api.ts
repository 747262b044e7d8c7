/** Administrative penalties: what the public sees, and how the register is kept. */
import type { Answer, Body } from '@/api/answers'
import { address, api, upload, type Page } from '@/core/http'

const BASE = '/api/v1/insight'
const LIMIT = 20

export type Penalty = Answer<'PenaltyView'>
export type ManagedPenalty = Answer<'ManagedPenalty'>
export type PenaltyFields = Answer<'PenaltyFields'>
export type PenaltyImport = Answer<'PenaltyImport'>

export interface PenaltyQuery {
  q?: string
  state?: string
}

export const penaltyKeys = {
  published: (query: PenaltyQuery) => ['penalty', 'published', query] as const,
  managed: (query: PenaltyQuery) => ['penalty', 'managed', query] as const,
  all_managed: ['penalty', 'managed'] as const,
}

export const listPenalties = (query: PenaltyQuery, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<Penalty>>(`${BASE}/penalties`, { query: { ...query, cursor, limit: LIMIT }, signal })

export const listManagedPenalties = (query: PenaltyQuery, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<ManagedPenalty>>(`${BASE}/manage/penalties`, { query: { ...query, cursor, limit: LIMIT }, signal })

export const enterPenalty = (key: string, body: Body<'EnterPenalty'>) => api.post<ManagedPenalty>(`${BASE}/manage/penalties`, body, { key })

export const editPenalty = (id: string, body: Body<'EditPenalty'>) => api.put<ManagedPenalty>(`${BASE}/manage/penalties/${id}`, body)

export const commandPenalty = (key: string, id: string, body: Body<'PenaltyCommand'>) =>
  api.post<ManagedPenalty>(`${BASE}/manage/penalties/${id}/commands`, body, { key })

export const templateFile = () => address(`${BASE}/manage/penalty-template`, {})

export function importPenalties(key: string, file: File, dryRun: boolean): Promise<PenaltyImport> {
  const form = new FormData()
  form.set('dry_run', String(dryRun))
  form.set('file', file)
  return upload(`${BASE}/manage/penalty-imports`, form, { key })
}
