/** Notes of the office about a case, and the colleagues whom they can name. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/approval'

export type Note = Answer<'NoteView'>
export type Colleague = Answer<'ColleagueView'>

export const noteKeys = {
  /** Begins with the case: its live hints renew it. */
  ofCase: (id: string) => ['case', 'notes', id] as const,
  colleagues: ['colleague'] as const,
}

const ofCase = (id: string) => `${BASE}/cases/${encodeURIComponent(id)}/notes`

export const listNotes = (id: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<Note>> =>
  api.get(ofCase(id), { query: { cursor, limit: 20 }, signal })

export const writeNote = (key: string, id: string, words: string, mentions: string[]) => api.post<Note>(ofCase(id), { words, mentions }, { key })

export const withdrawNote = (key: string, id: string, note: string) =>
  api.post<unknown>(`${ofCase(id)}/${encodeURIComponent(note)}/withdraw`, {}, { key })

export const seeNotes = (key: string, id: string) => api.post<unknown>(`${ofCase(id)}/seen`, {}, { key })

export const listColleagues = (signal: AbortSignal): Promise<Colleague[]> => api.get(`${BASE}/colleagues`, { signal })
