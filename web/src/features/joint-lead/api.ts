/** Calls about one answer for a joint matter (合并受理、合并补正): a department's part, and the lead office's sending. */
import type { Answer, Body, Light, Narrow } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/approval'

export type JointPart = Narrow<Answer<'AnswerPartView'>, { light: Light | null }>
export type JointMatterRow = Answer<'JointMatterRow'>
export type JointMatter = Narrow<Answer<'JointMatterView'>, { light: Light | null; parts: JointPart[] }>
export type Sending = Body<'SendJoint'>

export const jointKeys = {
  all: ['joint-lead'] as const,
  list: ['joint-lead', 'list'] as const,
  one: (number: string) => ['joint-lead', 'one', number] as const,
  /** Begins with the case: its live hints renew it. */
  ofCase: (id: string) => ['case', 'joint-part', id] as const,
}

const matter = (number: string) => `${BASE}/joint-matters/${encodeURIComponent(number)}`

export const partOf = (id: string, signal: AbortSignal): Promise<JointPart | null> =>
  api.get(`${BASE}/cases/${encodeURIComponent(id)}/joint-part`, { signal })

export const listMatters = (signal: AbortSignal): Promise<Page<JointMatterRow>> => api.get(`${BASE}/joint-matters`, { signal })

export const readMatter = (number: string, signal: AbortSignal): Promise<JointMatter> => api.get(matter(number), { signal })

export const send = (key: string, number: string, sending: Sending) => api.post<JointMatter>(`${matter(number)}/send`, sending, { key })
