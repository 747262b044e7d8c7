/** Typed calls to the register of licences and their query keys. */
import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'
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
    case 'decide':
      return api.post<Licence>(`${ours}/decide-change`, { granted: said.choice === 'granted', reason: said.words }, { key })
  }
}

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
