/** Deputies (代理): who holds somebody's posts while he is away. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/identity/delegations'

export type Delegation = Answer<'DelegationView'>
export type Choices = Answer<'DeputyChoices'>

export const delegationKeys = {
  all: ['delegation'] as const,
  list: (query: DelegationQuery) => ['delegation', 'list', query] as const,
  people: ['delegation', 'people'] as const,
}

export interface DelegationQuery {
  current?: boolean | undefined
  mine?: boolean | undefined
}

export const listDelegations = (query: DelegationQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<Delegation>> =>
  api.get(BASE, { query: { ...query, cursor }, signal })

export const listPeople = (signal: AbortSignal): Promise<Choices> => api.get(`${BASE}/people`, { signal })

export const makeDelegation = (key: string, wanted: Body<'NewDelegation'>) => api.post<Delegation>(BASE, wanted, { key })

export const endDelegation = (key: string, { id, version }: Delegation) =>
  api.post<Delegation>(`${BASE}/${encodeURIComponent(id)}/end`, { version }, { key })
