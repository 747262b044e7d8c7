/** Calls about batches and the keys of what they bring. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'

const BASE = '/api/v1/approval/batches'

export type Batch = Answer<'BatchView'>
export type BatchRow = Answer<'BatchRowView'>
export type BatchOptions = Answer<'BatchOptions'>
export type BatchState = Batch['state']
export type RowState = BatchRow['state']

export type Pick = Body<'BatchPick'>

export const batchKeys = {
  /** Under the key of cases: what changes them changes what may be done with them. */
  options: (pick: Pick) => ['case', 'batch-options', pick] as const,
  all: ['batch'] as const,
  list: ['batch', 'list'] as const,
  one: (id: string) => ['batch', 'one', id] as const,
  rows: (id: string, state: string | undefined) => ['batch', 'rows', id, state, locale.value] as const,
}

export function readOptions(pick: Pick, signal: AbortSignal): Promise<BatchOptions> {
  return api.post(`${BASE}/options`, { pick }, { signal })
}

export function makeBatch(key: string, pick: Pick, command: string, words: object): Promise<Batch> {
  return api.post(BASE, { pick, command, words }, { key })
}

export function listBatches(cursor: string | undefined, signal: AbortSignal): Promise<Page<Batch>> {
  return api.get(BASE, { query: { cursor, limit: 20 }, signal })
}

export function readBatch(id: string, signal: AbortSignal): Promise<Batch> {
  return api.get(`${BASE}/${id}`, { signal })
}

export function listRows(id: string, state: string | undefined, cursor: string | undefined, signal: AbortSignal): Promise<Page<BatchRow>> {
  return api.get(`${BASE}/${id}/rows`, { query: { state, cursor, limit: 50 }, signal })
}

export const startBatch = (key: string, id: string): Promise<Batch> => api.post(`${BASE}/${id}/start`, {}, { key })
export const stopBatch = (key: string, id: string): Promise<Batch> => api.post(`${BASE}/${id}/stop`, {}, { key })
export const resultUrl = (id: string) => `${BASE}/${id}/result`
