/** Typed calls to the intake and their query keys. */
import { useInfiniteQuery, useQuery, type QueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Answer, Body } from '@/api/answers'
import { api, upload, type Page } from '@/core/http'
import { locale } from '@/core/i18n'
import type { SituationAnswers } from '@/features/item/types'
import type { Answers } from '@/form/document'
import type { SendFile } from '@/ui/files'
import { applicationUrl as one } from './door'
import { LASTING } from './model'
import type { Application, ApplicationRow, MaterialFile, RatingLevel, Submitted } from './types'

const BASE = '/api/v1/intake/applications'

/** The server speaks the reader's language, so the language is part of every key. */
export const applicationKey = (id: string) => ['application', 'one', id, locale.value] as const

export function useApplication(id: MaybeRefOrGetter<string>, { fresh = false } = {}) {
  return useQuery({
    ...(fresh ? { refetchOnMount: 'always' as const } : {}),
    queryKey: ['application', 'one', id, locale],
    queryFn: ({ signal }) => api.get<Application>(one(toValue(id)), { signal }),
  })
}

export function useApplications(state: MaybeRefOrGetter<string>, options: { limit?: number; enabled?: () => boolean } = {}) {
  return useInfiniteQuery({
    queryKey: ['application', 'list', state, options.limit ?? 20, locale],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ApplicationRow>>(BASE, { query: { state: toValue(state), cursor: pageParam, limit: options.limit ?? 20 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: () => options.enabled?.() ?? true,
  })
}

export function useRatingLevels(enabled: () => boolean) {
  return useQuery({
    queryKey: ['application', 'rating-tags', locale],
    queryFn: ({ signal }) => api.get<RatingLevel[]>('/api/v1/intake/rating-tags', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  })
}

/**
 * Takes over an answer that shows an application whole. A hint that it went on may have come before
 * the answer did: what is known to be newer stays, and the next page asks again.
 */
export function remember(cache: QueryClient, application: Application): void {
  const queryKey = applicationKey(application.id)
  cache.setQueryData<Application>(queryKey, (known) => (known && known.version > application.version ? known : application))
  void cache.invalidateQueries({ queryKey, refetchType: 'none' })
  void cache.invalidateQueries({ queryKey: ['application', 'list'] })
}

export const fetchApplication = (id: string) => api.get<Application>(one(id))

export const findDraft = async (itemCode: string): Promise<ApplicationRow | null> => {
  const page = await api.get<Page<ApplicationRow>>(BASE, { query: { state: 'draft', limit: 100 } })
  return page.items.find((row) => row.item_code === itemCode && !row.proxy?.mine) ?? null
}

/** What one has applied for already, by oneself: an application of the item that goes on, or that was decided. */
export const findEarlier = async (itemCode: string): Promise<ApplicationRow | null> => {
  const page = await api.get<Page<ApplicationRow>>(BASE, { query: { state: LASTING, item: itemCode, limit: 20 } })
  return page.items.find((row) => !row.proxy?.mine && !row.signed_for) ?? null
}

/** `on_behalf`: for whom, where not for oneself. */
export function createApplication(key: string, item_code: string, situation_answers: SituationAnswers, channel: 'pc' | 'mobile', on_behalf?: Body<'CreateApplication'>['on_behalf']) {
  return api.post<Application>(BASE, { item_code, situation_answers, channel, ...(on_behalf ? { on_behalf } : {}) }, { key })
}

/** Whoever acts for the applicant does so no longer. */
export const endApplicationProxy = (key: string, id: string, version: number) => api.post<Application>(`${one(id)}/proxy/end`, { version }, { key })

export const saveForm = (id: string, version: number, form: Answers) => api.put<Application>(`${one(id)}/form`, { version, form })

export const saveSituation = (id: string, version: number, situation_answers: SituationAnswers) =>
  api.put<Application>(`${one(id)}/situation`, { version, situation_answers })

/** `consented`: at a counter, that whoever stands there has agreed. */
export const submitApplication = (key: string, id: string, version: number, consented?: boolean) =>
  api.post<Submitted>(`${one(id)}/submit`, { version, ...(consented === undefined ? {} : { consented }) }, { key })

/** At a counter: what was taken on paper, and which originals were compared. */
export const markPapers = (id: string, version: number, papers: readonly string[]) =>
  api.put<Application>(`${one(id)}/papers`, { version, papers })

export const correctApplication = (key: string, id: string, version: number, form: Answers | null, remark: string) =>
  api.post<Application>(`${one(id)}/correct`, { version, form, remark }, { key })

export const promiseMaterials = (id: string, version: number, deferred: { requirement_id: string; by: string }[]) =>
  api.put<Application>(`${one(id)}/deferred`, { version, deferred })

export const supplyMaterials = (key: string, id: string, version: number) =>
  api.post<Application>(`${one(id)}/supply`, { version }, { key })

export const signCommitment = (id: string, body: { version: number; whole: boolean; materials: readonly string[]; signature: string }) =>
  api.put<Application>(`${one(id)}/commitment`, body)

export const sendLetter = (key: string, id: string, form: FormData) => upload<Application>(`${one(id)}/letters`, form, { key })

/** Asks to pay less or nothing, or for the money back: reason and proof. */
export const askAboutFee = (key: string, id: string, what: string, form: FormData) =>
  upload<Application>(`${one(id)}/fee-requests?what=${what}`, form, { key })

export const letterFileUrl = (id: string, file: string) => `${one(id)}/letters/files/${encodeURIComponent(file)}`

export const makeStatement = (key: string, id: string, version: number, statement: string) =>
  api.post<Application>(`${one(id)}/statement`, { version, statement }, { key })

export const withdrawApplication = (key: string, id: string, version: number, reason: string) =>
  api.post<Application>(`${one(id)}/withdraw`, { version, reason }, { key })

export const rateApplication = (key: string, id: string, level: number, tags: string[], comment: string) =>
  api.post<Application>(`${one(id)}/rating`, { level, tags, comment }, { key })

export const deleteDraft = (id: string) => api.delete(one(id))

export type LicenceFit = Answer<'LicenceFit'>

/** The licences of `holder` that answer materials; one question for the whole page. At a counter somebody else may turn out to stand there. */
export function useLicenceFits(id: MaybeRefOrGetter<string>, holder: () => string, enabled: () => boolean) {
  return useQuery({
    queryKey: ['application', 'licences', id, holder],
    queryFn: ({ signal }) => api.get<LicenceFit[]>(`${one(toValue(id))}/licences`, { signal }),
    enabled,
  })
}

export const takeLicence = (key: string, id: string, requirement_id: string, licence_id: string) =>
  api.post<MaterialFile[]>(`${one(id)}/licences`, { requirement_id, licence_id }, { key })

export const removeMaterial = (id: string, material: string) => api.delete(`${one(id)}/materials/${encodeURIComponent(material)}`)

/** Sends one file for a requirement; `done` gets what the server keeps of it. */
export function sendMaterial(id: string, requirement: string, done: (file: MaterialFile) => void): SendFile {
  return async (file, onProgress, signal) => {
    const body = new FormData()
    body.set('requirement_id', requirement)
    body.set('file', file)
    const kept = await upload<MaterialFile>(`${one(id)}/materials`, body, { onProgress, signal })
    done(kept)
    return { id: kept.id, name: kept.file_name, size: kept.size }
  }
}

export const materialUrl = (id: string, material: string) => `${one(id)}/materials/${encodeURIComponent(material)}`
export const paperUrl = (id: string, paper: string) => `${one(id)}/papers/${encodeURIComponent(paper)}`
