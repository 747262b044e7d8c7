/** Calls about submitted versions: for their editors, and for the second person who decides. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

const BASE = '/api/v1/catalogue/manage'

export type ReviewRow = Answer<'ReviewRow'>
export type ReviewState = ReviewRow['state']
export type ReviewDetail = Answer<'ReviewDetail'>
export const REVIEW_STATES = ['waiting', 'scheduled', 'published', 'returned', 'taken_back', 'failed'] as const satisfies readonly ReviewState[]
export const REVIEW_TONES = { waiting: 'warn', scheduled: 'brand', published: 'ok', returned: 'bad', taken_back: 'neutral', failed: 'bad' } as const

export const reviewKeys = {
  all: ['item-review'] as const,
  list: (state: string) => ['item-review', 'list', state] as const,
  one: (id: string) => ['item-review', 'one', id] as const,
}

const at = (id: string) => `${BASE}/reviews/${encodeURIComponent(id)}`

export function listReviews(state: string | undefined, cursor: string | undefined, signal: AbortSignal): Promise<Answer<'ReviewList'>> {
  return api.get(`${BASE}/reviews`, { query: { state, cursor, limit: 50 }, signal })
}

export const readReview = (id: string, signal: AbortSignal) => api.get<ReviewDetail>(at(id), { signal })

/** Without a day: in force as soon as it is approved. */
export const submitItem = (key: string, code: string, version: number, note: string, day: string | undefined) =>
  api.post<ReviewRow>(`${BASE}/items/${encodeURIComponent(code)}/submit`, { version, note, effective_on: day ?? null }, { key })

export const approveReview = (key: string, id: string, body: { version: number; at_once: boolean; effective_on: string | null; remark: string }) =>
  api.post<ReviewRow>(`${at(id)}/approve`, body, { key })

export const returnReview = (key: string, id: string, version: number, reason: string) =>
  api.post<ReviewRow>(`${at(id)}/return`, { version, reason }, { key })

export const takeBackReview = (key: string, id: string, version: number, reason: string) =>
  api.post<ReviewRow>(`${at(id)}/take-back`, { version, reason }, { key })
