/** The vault of materials (材料库): what was given once. */
import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Answer } from '@/api/answers'
import { useCursorList } from '@/core/cursor-list'
import { api, upload, type Page } from '@/core/http'

const BASE = '/api/v1/intake/vault/documents'
const one = (id: string) => `${BASE}/${encodeURIComponent(id)}`
const ofApplication = (id: string) => `/api/v1/intake/applications/${encodeURIComponent(id)}/vault`

export type VaultDocument = Answer<'VaultDocument'>
export type VaultDetail = Answer<'VaultDetail'>
export type VaultFit = Answer<'VaultFit'>
export type Taken = Answer<'FileFromVault'>

export const useVault = () =>
  useCursorList<VaultDocument>(() => ['vault', 'list'], (cursor, signal) => api.get<Page<VaultDocument>>(BASE, { query: { cursor, limit: 20 }, signal }))

export function useVaultDetail(id: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: ['vault', 'one', id], queryFn: ({ signal }) => api.get<VaultDetail>(one(toValue(id)), { signal }) })
}

/** What fits an application's materials; one question for the whole page. */
export function useVaultFits(application: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['vault', 'fits', application],
    queryFn: ({ signal }) => api.get<VaultFit[]>(ofApplication(toValue(application)), { signal }),
  })
}

export const takeFromVault = (key: string, application: string, requirement_id: string, document_id: string, although_over: boolean) =>
  api.post<Answer<'ApplicationFile'>[]>(ofApplication(application), { requirement_id, document_id, although_over }, { key })

export const setValidity = (id: string, version: number, valid_until: string | null) => api.put<VaultDetail>(one(id), { version, valid_until })

export const deleteDocument = (id: string) => api.delete(one(id))

export function addDocument(key: string, name: string, until: string, file: File): Promise<VaultDetail> {
  const body = new FormData()
  body.set('name', name)
  body.set('valid_until', until)
  body.set('file', file)
  return upload<VaultDetail>(BASE, body, { key })
}

export const vaultFileUrl = (document: string, file: string) => `${one(document)}/files/${encodeURIComponent(file)}`
