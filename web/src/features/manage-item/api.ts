/** Calls about items for their makers. */
import type { Answer, Narrow } from '@/api/answers'
import { exportOf, type ExportFormat } from '@/core/export'
import { api, upload, type Page } from '@/core/http'
import type { BaseStanding } from '@/features/base-item/api'
import type { Answers } from '@/form/document'

const BASE = '/api/v1/catalogue/manage/items'

export const STATUSES = ['draft', 'published', 'withdrawn'] as const satisfies readonly ItemStatus[]
export type ItemStatus = Answer<'ItemStatus'>
export type ItemRow = Answer<'ItemRow'>
export type VersionRow = Answer<'VersionRow'>

/** The description as the editor holds it: open to every field of the contract's `ItemDocument`. */
export type ItemDocument = Answers

export type ItemDraft = Narrow<Answer<'ItemDraft'>, { item: ItemDocument; base?: BaseStanding | null }>
export type ItemSaved = Answer<'ItemSaved'>
export type ItemUses = Answer<'ItemUses'>
export type Change = Answer<'Change'>
export type ParentStanding = Answer<'ParentStanding'>
export type FormFile = Answer<'FormFile'>
export type FormUse = Answer<'FormUse'>

export type LicenceType = Answer<'KnownLicenceType'>
export type ReplacingLicence = Answer<'ReplacingLicence'>

export interface ItemQuery {
  q?: string | undefined
  status?: string | undefined
  department?: string | undefined
  /** Only derived items whose parent has gone on. */
  behind?: 'true' | undefined
}

export const itemKeys = {
  all: ['manage-item'] as const,
  list: (query: ItemQuery) => ['manage-item', 'list', query] as const,
  one: (code: string) => ['manage-item', 'one', code] as const,
  uses: (code: string) => ['manage-item', 'uses', code] as const,
  formUses: (sum: string) => ['manage-item', 'form-uses', sum] as const,
  licenceTypes: ['manage-item', 'licence-types'] as const,
  compare: (code: string, from: string, to: string) => ['manage-item', 'compare', code, from, to] as const,
}

const at = (code: string) => `${BASE}/${encodeURIComponent(code)}`

export function listItems(query: ItemQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<ItemRow>> {
  return api.get(BASE, { query: { ...query, cursor, limit: 50 }, signal })
}

export const readItem = (code: string, signal: AbortSignal) => api.get<ItemDraft>(at(code), { signal })

export const createItem = (key: string, item: ItemDocument) => api.post<ItemSaved>(BASE, { item }, { key })

export const saveItem = (code: string, version: number, item: ItemDocument) => api.put<ItemSaved>(at(code), { version, item })

export const withdrawItem = (key: string, code: string, version: number, reason: string) =>
  api.post<ItemSaved>(`${at(code)}/withdraw`, { version, reason }, { key })

export const copyItem = (key: string, code: string, copy: { code: string; name: string; department_code: string | undefined }) =>
  api.post<ItemSaved>(`${at(code)}/copy`, copy, { key })

export const deriveItem = (key: string, code: string, entry: { code: string; department_code: string }) => api.post<ItemSaved>(`${at(code)}/derive`, entry, { key })

export const deriveAnew = (key: string, code: string, version: number) => api.post<ItemSaved>(`${at(code)}/derive-anew`, { version }, { key })

export const letGo = (key: string, code: string, version: number) => api.post<ItemSaved>(`${at(code)}/let-go`, { version }, { key })

export const listUses = (code: string, signal: AbortSignal) => api.get<ItemUses>(`${at(code)}/uses`, { signal })

/** The types of licences that may replace a material. */
export const listLicenceTypes = (signal: AbortSignal) => api.get<LicenceType[]>('/api/v1/catalogue/manage/licence-types', { signal })

/** Where a file with the items of a list is to be had. */
export const exportAddress = (query: ItemQuery & { code?: string }, format: ExportFormat): string =>
  exportOf('/api/v1/catalogue/manage/export', { ...query, format })

/** Empty `to`: the working copy; empty `from`: the version before. */
export function compareItem(code: string, from: string, to: string, signal: AbortSignal): Promise<Answer<'ItemDifference'>> {
  return api.get(`${at(code)}/compare`, { query: { from, to }, signal })
}

const FILES = '/api/v1/catalogue/manage/form-files'

/** Where a file is to be had, published or not. */
export const formFileAddress = (sum: string): string => `${FILES}/${encodeURIComponent(sum)}`

/** Brings a file; the description names it by what is answered. */
export function bringFormFile(key: string, file: File): Promise<FormFile> {
  const form = new FormData()
  form.set('file', file)
  return upload(FILES, form, { key })
}

export const listFormUses = (sum: string, signal: AbortSignal) => api.get<Pick<Page<FormUse>, 'items'>>(`${formFileAddress(sum)}/uses`, { signal })
