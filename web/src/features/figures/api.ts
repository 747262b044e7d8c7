import { useQuery } from '@tanstack/vue-query'
import { api } from '@/core/http'

export interface Figures {
  items: number
  online_items: number
  departments: number
  data_at: string
}

export function useFigures() {
  return useQuery({
    queryKey: ['figures'],
    queryFn: ({ signal }) => api.get<Figures>('/api/v1/catalogue/figures', { signal }),
  })
}
