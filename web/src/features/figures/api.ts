import { useQuery } from '@tanstack/vue-query'
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

export type Figures = Answer<'Figures'>

export function useFigures() {
  return useQuery({
    queryKey: ['figures'],
    queryFn: ({ signal }) => api.get<Figures>('/api/v1/catalogue/figures', { signal }),
  })
}
