/** The applicant's inbox. */
import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'

const BASE = '/api/v1/intake/messages'

export interface Message {
  id: string
  application_id: string
  kind: string
  title: string
  body: string
  created_at: string
  read_at: string | null
}

export function useMessages() {
  return useInfiniteQuery({
    queryKey: ['message', 'list', locale],
    queryFn: ({ pageParam, signal }) => api.get<Page<Message>>(BASE, { query: { cursor: pageParam, limit: 20 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}

export function useUnread(enabled: () => boolean) {
  return useQuery({
    queryKey: ['message', 'unread'],
    queryFn: ({ signal }) => api.get<{ unread: number }>(`${BASE}/unread-count`, { signal }),
    enabled,
  })
}

export const markRead = (id: string) => api.post<Message>(`${BASE}/${encodeURIComponent(id)}/read`)
