/** One's own data: masked, or in full, which the server records. */
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api } from '@/core/http'

export interface Profile {
  account: string
  kind: string
  name: string
  citizen_id: string | null
  phone: string | null
  enterprise: { name: string; credit_code: string } | null
  unmasked: boolean
}

export function useProfile(unmasked: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ['profile', unmasked],
    queryFn: ({ signal }) => api.get<Profile>('/api/v1/identity/profile', { query: { unmasked: toValue(unmasked) || undefined }, signal }),
    // What is shown in full is not kept longer than it is looked at.
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
}
