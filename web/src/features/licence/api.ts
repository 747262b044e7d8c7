/** Typed calls to the register of licences and their query keys. */
import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Answer, Body } from '@/api/answers'
import { api, upload, type Page } from '@/core/http'
import type { Act, Said } from './acts'

export type Licence = Answer<'LicenceView'>
export type LicenceRow = Answer<'LicenceRow'>
export type Verified = Answer<'VerifyView'>
export type Standing = Answer<'Standing'>
export type LicenceType = Answer<'TypeView'>
export type TypeDocument = Body<'TypeDocument'>
export type FaceItem = Body<'FaceItem'>

const BASE = '/api/v1/licence'
const id = encodeURIComponent

/** Own licences are asked for by their holder, others by staff. */
export type Side = 'mine' | 'licences'

export const licenceKeys = { types: ['licence', 'types'] as const }

export function useVerified(code: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['licence', 'verify', code],
    queryFn: ({ signal }) => api.get<Verified>(`${BASE}/verify/${id(toValue(code))}`, { signal }),
    enabled: () => toValue(code) !== '',
    // Whoever verifies asks how it stands now.
    gcTime: 0,
    retry: false,
  })
}

export const takeBack = (key: string, licence: Pick<Licence, 'id' | 'row_version'>) =>
  api.post<Licence>(`${BASE}/mine/${id(licence.id)}/take-back`, { row_version: licence.row_version }, { key })

export const verifyByNumber = (key: string, number: string, name_end: string) =>
  api.post<Verified>(`${BASE}/verify`, { number, name_end }, { key })

export function useLicences(side: Side, filter: MaybeRefOrGetter<{ q?: string; case_number?: string; waiting?: boolean }>, enabled: () => boolean = () => true) {
  return useInfiniteQuery({
    queryKey: ['licence', side, filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<LicenceRow>>(`${BASE}/${side}`, { query: { ...toValue(filter), cursor: pageParam, limit: 20 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled,
  })
}

export function useOwnLicence(which: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['licence', 'mine', 'one', which],
    queryFn: ({ signal }) => api.get<Licence>(`${BASE}/mine/${id(toValue(which))}`, { signal }),
  })
}

export function useStaffLicence(which: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['licence', 'licences', 'one', which],
    queryFn: ({ signal }) => api.get<Licence>(`${BASE}/licences/${id(toValue(which))}`, { signal }),
  })
}

export type Change = Licence['changes'][number]
export function actOn(key: string, act: Act, licence: Licence, said: Said): Promise<Licence> {
  const { row_version } = licence
  const own = `${BASE}/mine/${id(licence.id)}`
  const ours = `${BASE}/licences/${id(licence.id)}`
  switch (act.verb) {
    case 'ask':
      return api.post<Licence>(`${own}/ask`, { row_version, kind: act.kind, reason: said.words }, { key })
    case 'answer':
      return api.post<Licence>(`${own}/answer`, { statement: said.words }, { key })
    case 'propose':
      return api.post<Licence>(`${ours}/propose-change`, { row_version, kind: said.choice, reason: said.words, basis: said.basis, answer_days: said.days }, { key })
    case 'return':
      return api.post<Licence>(`${ours}/return-change`, { row_version, missing: said.words, answer_days: said.days }, { key })
    case 'decide':
      return api.post<Licence>(`${ours}/decide-change`, { granted: said.choice === 'granted', reason: said.words }, { key })
  }
}

/** A form of what is asked for, with the papers that prove it: one name for each file, in their order. */
function withFiles(data: Record<string, unknown>, files: readonly File[]): FormData {
  const form = new FormData()
  form.set('data', JSON.stringify(data))
  for (const file of files) form.append('file', file)
  return form
}

export type NewLine = Pick<Answer<'AmendableLine'>, 'label' | 'value'>

export const askAmendment = (key: string, licence: Licence, face: readonly NewLine[], reason: string, proofs: readonly { name: string; file: File }[]) =>
  upload<Licence>(
    `${BASE}/mine/${id(licence.id)}/ask-amendment`,
    withFiles({ row_version: licence.row_version, face, reason, proofs: proofs.map((one) => one.name) }, proofs.map((one) => one.file)),
    { key },
  )

/** What was missing; each file is called as it is named. */
export const supplyProof = (key: string, which: string, statement: string, files: readonly File[]) =>
  upload<Licence>(`${BASE}/mine/${id(which)}/supply-proof`, withFiles({ statement, proofs: files.map((file) => file.name) }, files), { key })

/** What a change of the face asks for, unmasked; the server records it. */
export const readAmendment = (which: string) => api.get<Answer<'AmendmentView'>>(`${BASE}/licences/${id(which)}/amendment`)

export const proofUrl = (side: Side, which: string, file: string) => `${BASE}/${side}/${id(which)}/proofs/${id(file)}`

export const fileUrl = (side: Side, which: string) => `${BASE}/${side}/${id(which)}/file`

export function useTypes() {
  return useQuery({
    queryKey: licenceKeys.types,
    queryFn: async ({ signal }) => {
      const found: LicenceType[] = []
      let cursor: string | null = null
      do {
        const page: Page<LicenceType> = await api.get<Page<LicenceType>>(`${BASE}/types`, { query: { cursor, limit: 100 }, signal })
        found.push(...page.items)
        cursor = page.next_cursor
      } while (cursor)
      return found
    },
  })
}

export const createType = (key: string, code: string, document: TypeDocument) =>
  api.post<LicenceType>(`${BASE}/types`, { code, document }, { key })

export const saveType = (code: string, version: number, document: TypeDocument) =>
  api.put<LicenceType>(`${BASE}/types/${id(code)}`, { version, document })
