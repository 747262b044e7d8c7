/** Applications of an organisation for many persons at once (批量申办). */
import { useQuery, type QueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Answer } from '@/api/answers'
import { useCursorList } from '@/core/cursor-list'
import { address, api, upload, type Page } from '@/core/http'
import { locale } from '@/core/i18n'
import type { SituationAnswers } from '@/features/item/types'
import type { SendFile } from '@/ui/files'

const BASE = '/api/v1/intake/batches'
const one = (id: string) => `${BASE}/${encodeURIComponent(id)}`

export type Batch = Answer<'ApplicationBatchView'>
export type BatchLine = Answer<'BatchLine'>
export type BatchRow = Answer<'ApplicationBatchRow'>
export type BatchMaterial = Answer<'BatchMaterial'>
export type BatchSubmitted = Batch & Pick<Answer<'BatchSubmitted'>, 'query_password'>

/** How often a page looks while the applications are being made. */
const EVERY_MS = 1500

/** Under `application`, so that a hint that something of the applicant's went on asks again. */
const key = (id: string) => ['application', 'batch', id, locale.value] as const

export function useBatch(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['application', 'batch', id, locale],
    queryFn: ({ signal }) => api.get<Batch>(one(toValue(id)), { signal }),
    refetchInterval: (query) => (query.state.data?.state === 'submitting' ? EVERY_MS : false),
  })
}

export const useBatches = (enabled: () => boolean) =>
  useCursorList<BatchLine>(() => ['application', 'batches', locale.value], (cursor, signal) => api.get<Page<BatchLine>>(BASE, { query: { cursor, limit: 10 }, signal }), { enabled })

/** `version`: rows of another sheet are other rows. */
export const useBatchRows = (id: MaybeRefOrGetter<string>, state: MaybeRefOrGetter<string>, version: MaybeRefOrGetter<number>) =>
  useCursorList<BatchRow>(
    () => ['application', 'batch-rows', toValue(id), toValue(state), toValue(version), locale.value],
    (cursor, signal) => api.get<Page<BatchRow>>(`${one(toValue(id))}/rows`, { query: { state: toValue(state), cursor, limit: 50 }, signal }),
  )

/** Takes over an answer that shows a batch whole. */
export function remember(cache: QueryClient, batch: Batch): void {
  cache.setQueryData<Batch>(key(batch.id), batch)
  void cache.invalidateQueries({ queryKey: ['application', 'batch-rows', batch.id] })
  void cache.invalidateQueries({ queryKey: ['application', 'batches'] })
}

export const beginBatch = (idempotency: string, item_code: string, situation_answers: SituationAnswers) => api.post<Batch>(BASE, { item_code, situation_answers }, { key: idempotency })

export const deleteBatch = (id: string) => api.delete(one(id))

export function sendSheet(idempotency: string, id: string, file: File): Promise<Batch> {
  const body = new FormData()
  body.set('file', file)
  return upload<Batch>(`${one(id)}/rows`, body, { key: idempotency })
}

/** Sends a material that goes with every application; what the server then says is the batch as a whole. */
export function sendShared(id: string, requirement: string, done: (batch: Batch) => void): SendFile {
  return async (file, onProgress, signal) => {
    const body = new FormData()
    body.set('requirement_id', requirement)
    body.set('file', file)
    const batch = await upload<Batch>(`${one(id)}/materials`, body, { onProgress, signal })
    const kept = batch.materials.find((material) => material.id === requirement)?.files.at(-1)
    done(batch)
    return { id: kept?.id ?? '', name: kept?.file_name ?? file.name, size: kept?.size ?? file.size }
  }
}

export const removeShared = (id: string, material: string) => api.delete<Batch>(`${one(id)}/materials/${encodeURIComponent(material)}`)

export const submitBatch = (idempotency: string, id: string, version: number) => api.post<BatchSubmitted>(`${one(id)}/submit`, { version }, { key: idempotency })

export const templateUrl = (id: string) => `${one(id)}/template`
export const receiptUrl = (id: string) => `${one(id)}/receipt`
export const reportUrl = (id: string) => address(`${one(id)}/report`, { format: 'xlsx' })
export const resultsUrl = (id: string, format: 'xlsx' | 'csv') => address(`${one(id)}/results`, { format })
