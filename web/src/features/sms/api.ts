/** Short messages: what one wishes, what went out. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/interaction'

export type SmsWishes = Answer<'SmsWishes'>
export type Sms = Answer<'SmsView'>

export const smsKeys = {
  wishes: ['sms', 'wishes'] as const,
  list: ['sms', 'list'] as const,
}

export const readWishes = (signal: AbortSignal) => api.get<SmsWishes>(`${BASE}/sms-wishes`, { signal })

export const keepWishes = (body: Body<'WishSms'>) => api.put<SmsWishes>(`${BASE}/sms-wishes`, body)

export const listSms = (cursor: string | undefined, signal: AbortSignal) => api.get<Page<Sms>>(`${BASE}/sms`, { query: { cursor, limit: 20 }, signal })

export const replyBySms = (key: string, id: string, words: string, from_other: boolean) =>
  api.post<Sms>(`${BASE}/sms/${encodeURIComponent(id)}/replies`, { words, from_other }, { key })
