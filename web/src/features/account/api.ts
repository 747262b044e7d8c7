/** Accounts and roles for administrators. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/identity'

export type Account = Answer<'AccountView'>
export type Role = Answer<'RoleView'>
export type AccountFields = Omit<Body<'ChangeAccount'>, 'version'>

export interface AccountQuery {
  q?: string | undefined
  kind?: string | undefined
}

export const accountKeys = {
  all: ['account'] as const,
  list: (query: AccountQuery) => ['account', 'list', query] as const,
  roles: ['account', 'roles'] as const,
}

export function listAccounts(query: AccountQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<Account>> {
  return api.get(`${BASE}/accounts`, { query: { ...query, cursor, limit: 50 }, signal })
}

export const listRoles = (signal: AbortSignal) => api.get<Page<Role>>(`${BASE}/roles`, { signal })

export const createAccount = (key: string, account: string, password: string, fields: AccountFields) =>
  api.post<Account>(`${BASE}/accounts`, { account, password, ...fields }, { key })

export const changeAccount = (id: string, version: number, fields: AccountFields) =>
  api.put<Account>(`${BASE}/accounts/${id}`, { version, ...fields })

export const turnLock = (key: string, id: string, lock: boolean) =>
  api.post<Account>(`${BASE}/accounts/${id}/${lock ? 'lock' : 'unlock'}`, {}, { key })

export const resetPassword = (key: string, id: string, password: string) =>
  api.post<Account>(`${BASE}/accounts/${id}/reset-password`, { password }, { key })
