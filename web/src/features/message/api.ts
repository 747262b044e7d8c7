/** The applicant's inbox. */
import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'

const BASE = '/api/v1/intake/messages'

export type Message = Answer<'MessageView'>

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
    queryFn: ({ signal }) => api.get<Answer<'UnreadCount'>>(`${BASE}/unread-count`, { signal }),
    enabled,
  })
}

export const markRead = (id: string) => api.post<Message>(`${BASE}/${encodeURIComponent(id)}/read`)
