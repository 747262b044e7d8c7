/** Calls from kiosks for somebody of the hall: made there, taken at the desk. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

const [BASE, OWN] = ['/api/v1/intake/calls', '/api/v1/intake/calls/own']

export type Call = Answer<'CallView'>
export type OwnCall = Answer<'OwnCall'>

export const callKeys = { all: ['call', 'list'] as const, own: ['call', 'own'] as const }

export const fetchOwnCall = async (signal: AbortSignal) => (await api.get<OwnCall | undefined>(OWN, { signal })) ?? null
export const makeCall = (key: string) => api.post<OwnCall>(OWN, undefined, { key })
export const cancelCall = (_key: string) => api.delete<unknown>(OWN)

export const listCalls = (signal: AbortSignal) => api.get<Call[]>(BASE, { signal })
export const takeCall = (key: string, id: string) => api.post<Call>(`${BASE}/${id}/take`, undefined, { key })
