/** One's own data: masked, or in full, which the server records. */
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

export type Profile = Answer<'ProfileView'>

export function useProfile(unmasked: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ['profile', unmasked],
    queryFn: ({ signal }) => api.get<Profile>('/api/v1/identity/profile', { query: { unmasked: toValue(unmasked) || undefined }, signal }),
    // What is shown in full is not kept longer than it is looked at.
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
}
