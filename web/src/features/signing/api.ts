/** Signatures of co-applicants: named and asked for by the applicant; read, given and declined by themselves. */
import { useQuery, type QueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Answer, Body, Narrow } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'
import { applicationUrl } from '@/features/application/door'
import type { Application } from '@/features/application/types'
import type { Term } from '@/features/term/model'
import type { Answers, FormDocument } from '@/form/document'

const BASE = '/api/v1/intake/signatures'
const one = (id: string) => `${BASE}/${encodeURIComponent(id)}`

export type Entry = Required<Body<'CoApplicantEntry'>>
export type Signing = Narrow<Answer<'ApplicationSigning'>, { term: Term }>
export type Signer = Signing['signers'][number]
export type SignatureRow = Answer<'SignatureRow'>
/** With the form document of the forms engine. */
export type Signature = Narrow<Answer<'SignatureView'>, { form_document: FormDocument | null; form: Answers }>

export const nameCoApplicants = (key: string, id: string, version: number, co_applicants: readonly Entry[]) =>
  api.put<Application>(`${applicationUrl(id)}/co-applicants`, { version, co_applicants }, { key })

/** Asks everybody to sign, reminds those who have not, or takes the request back. */
export const moveSignatures = (key: string, id: string, version: number, how: 'ask' | 'urge' | 'take-back') =>
  api.post<Application>(`${applicationUrl(id)}/signatures/${how}`, { version }, { key })

export const listSignatures = (cursor: string | undefined, signal: AbortSignal): Promise<Page<SignatureRow>> =>
  api.get(BASE, { query: { cursor, limit: 20 }, signal })

export function useSignature(id: MaybeRefOrGetter<string>) {
  return useQuery({
    // Under 'application', so that hints of changes reach it.
    queryKey: ['application', 'signature', id, locale],
    queryFn: ({ signal }) => api.get<Signature>(one(toValue(id)), { signal }),
  })
}

export const signApplication = (key: string, id: string, digest: string, signature: string) =>
  api.post<Signature>(`${one(id)}/sign`, { digest, signature }, { key })

export const declineSignature = (key: string, id: string, reason: string) =>
  api.post<Answer<'SignatureDeclined'>>(`${one(id)}/decline`, { reason }, { key })

export const signedFileUrl = (id: string, material: string) => `${one(id)}/materials/${encodeURIComponent(material)}`
export const signedPaperUrl = (id: string, paper: string) => `${one(id)}/papers/${encodeURIComponent(paper)}`

/** What was signed or declined shows in lists and on pages. */
export const forgetSignatures = (cache: QueryClient) => cache.invalidateQueries({ queryKey: ['application'] })
