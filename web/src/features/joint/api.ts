/** Typed calls for joint matters and their query keys. */
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, type Page } from '@/core/http'
import type { SituationAnswers } from '@/features/item/types'
import type { JointCard, JointGuide, JointSituation } from './types'

const BASE = '/api/v1/catalogue/joint-items'
const one = (code: string) => `${BASE}/${encodeURIComponent(code)}`

export function useJointItems() {
  return useQuery({
    queryKey: ['joint', 'list'],
    queryFn: async ({ signal }) => (await api.get<Pick<Page<JointCard>, 'items'>>(BASE, { signal })).items,
  })
}

export function useJointItem(code: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['joint', 'one', code],
    queryFn: ({ signal }) => api.get<JointGuide>(one(toValue(code)), { signal }),
  })
}

/** What the answers so far come to. */
export function useJointSituation(code: MaybeRefOrGetter<string>, answers: MaybeRefOrGetter<SituationAnswers>) {
  return useQuery({
    queryKey: ['joint', 'situation', code, answers],
    queryFn: ({ signal }) => api.post<JointSituation>(`${one(toValue(code))}/situation`, { answers: toValue(answers) }, { signal }),
    placeholderData: keepPreviousData,
  })
}
