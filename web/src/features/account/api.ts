/** Accounts and roles for administrators. */
import { api, type Page } from '@/core/http'
import type { AccountKind } from '@/core/session'

const BASE = '/api/v1/identity'

export interface Account {
  id: string
  account: string
  kind: AccountKind
  name: string
  phone: string | null
  department: { id: string; code: string; name: string } | null
  region: string | null
  roles: string[]
  demo: boolean
  locked: boolean
  locked_until: string | null
  must_change_password: boolean
  version: number
  updated_at: string
  updated_by: string
}

export interface Role {
  key: string
  staff: boolean
  grants: { permission: string; reach: 'own' | 'department' | 'region' | 'all' }[]
}

export interface AccountFields {
  name: string
  phone: string | null
  department_code: string | null
  region: string | null
  roles: string[]
}

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
