/** Calls about opinions of other departments (征求意见): asking, and answering for one's own. */
import type { Answer, Body, Narrow } from '@/api/answers'
import { api, upload, type Page } from '@/core/http'
import type { FormDocument } from '@/form/document'

const BASE = '/api/v1/approval'

export type Opinion = Answer<'OpinionView'>
export type OpinionRow = Answer<'OpinionRow'>
export type AskedOpinion = Narrow<Answer<'AskedOpinionView'>, { form: FormDocument | null }>
export type OpinionState = Opinion['state']
export type Stance = NonNullable<Opinion['stance']>
export type Question = Body<'AskOpinion'>

export const opinionKeys = {
  all: ['opinion'] as const,
  list: (state: OpinionState) => ['opinion', 'list', state] as const,
  one: (id: string) => ['opinion', 'one', id] as const,
  /** Begins with the case: its live hints renew it. */
  ofCase: (id: string) => ['case', 'opinion', id] as const,
}

const ofCase = (id: string) => `${BASE}/cases/${encodeURIComponent(id)}/opinions`
const asked = (id: string) => `${BASE}/opinions/${encodeURIComponent(id)}`

export const opinionsOf = (id: string, signal: AbortSignal): Promise<Opinion[]> => api.get(ofCase(id), { signal })

export const ask = (key: string, id: string, question: Question) => api.post<Opinion[]>(ofCase(id), question, { key })

export const withdraw = (key: string, id: string, opinion: string) => api.post<Opinion>(`${ofCase(id)}/${opinion}/withdraw`, {}, { key })

export const answerFileUrl = (id: string, file: string) => `${ofCase(id)}/files/${file}`

export const listOpinions = (state: OpinionState, cursor: string | undefined, signal: AbortSignal): Promise<Page<OpinionRow>> =>
  api.get(`${BASE}/opinions`, { query: { state, cursor, limit: 50 }, signal })

export const readOpinion = (id: string, signal: AbortSignal): Promise<AskedOpinion> => api.get(asked(id), { signal })

export const shownFileUrl = (id: string, file: string) => `${asked(id)}/files/${file}`

export const give = (key: string, id: string, stance: Stance, form: FormData) => upload<Opinion>(`${asked(id)}/give?stance=${stance}`, form, { key })

export const decline = (key: string, id: string, reason: string) => api.post<Opinion>(`${asked(id)}/decline`, { reason }, { key })
