/** Views of the list of cases that somebody keeps on the server. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

const BASE = '/api/v1/approval/views'

export type SavedView = Answer<'SavedView'>
export type Content = SavedView['content']

export const viewKeys = { all: ['saved-view'] as const }

const one = ({ id }: Pick<SavedView, 'id'>) => `${BASE}/${encodeURIComponent(id)}`

export const listViews = (signal: AbortSignal): Promise<SavedView[]> => api.get(BASE, { signal })

export const keepView = (key: string, name: string, how: { shared: boolean; opens: boolean }, content: Content) => api.post<SavedView>(BASE, { name, ...how, content }, { key })

export const changeView = (key: string, { version, name, shared, opens, content, id }: SavedView, change: { shared?: boolean; opens?: boolean }) =>
  api.put<SavedView>(one({ id }), { version, name, shared, opens, content, ...change }, { key })

export const removeView = (key: string, view: SavedView) => api.post<unknown>(`${one(view)}/remove`, { version: view.version }, { key })

/** A head takes back what a colleague shares. */
export const unshareView = (key: string, view: SavedView) => api.post<unknown>(`${one(view)}/unshare`, { version: view.version }, { key })

export const orderViews = (key: string, ids: string[]) => api.post<SavedView[]>(`${BASE}/order`, { ids }, { key })
