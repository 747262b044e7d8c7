/** Labels of a department, and the cases that bear them. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

const BASE = '/api/v1/approval'

export type Label = Answer<'LabelView'>
export type Tone = Label['tone']

export const TONES: readonly Tone[] = ['blue', 'green', 'amber', 'purple', 'grey']

export const labelKeys = {
  all: ['label'] as const,
  /** Begins with the case: its live hints renew it. */
  ofCase: (id: string) => ['case', 'labels', id] as const,
}

const one = ({ id }: Label) => `${BASE}/labels/${encodeURIComponent(id)}`
const ofCase = (id: string) => `${BASE}/cases/${encodeURIComponent(id)}/labels`

export const listLabels = (signal: AbortSignal): Promise<Label[]> => api.get(`${BASE}/labels`, { signal })

export const labelsOf = (id: string, signal: AbortSignal): Promise<Label[]> => api.get(ofCase(id), { signal })

export const makeLabel = (key: string, name: string, tone: Tone) => api.post<Label>(`${BASE}/labels`, { name, tone }, { key })

export const changeLabel = (key: string, label: Label, name: string, tone: Tone) =>
  api.put<Label>(one(label), { version: label.version, name, tone }, { key })

export const removeLabel = (key: string, label: Label) => api.post<unknown>(`${one(label)}/remove`, { version: label.version }, { key })

export const labelCase = (key: string, id: string, put: string[], off: string[]) => api.post<Label[]>(ofCase(id), { put, off }, { key })
