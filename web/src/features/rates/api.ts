/** What the public sees of ratings, and ratings by a one-time link. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'

const BASE = '/api/v1/interaction'

export type Rates = Answer<'Rates'>
export type RateRow = Answer<'RateRow'>
export type PublicWords = Answer<'PublicWords'>
export type RatingOffer = Answer<'RatingOffer'>

export interface RatesQuery {
  by: 'department' | 'item'
  period: 'month' | 'year' | 'all'
}

export const rateKeys = {
  rates: (query: RatesQuery) => ['rates', query] as const,
  words: ['rates', 'words'] as const,
  offer: (token: string) => ['rates', 'offer', token, locale.value] as const,
}

export function readRates(query: RatesQuery, signal: AbortSignal): Promise<Rates> {
  return api.get(`${BASE}/rates`, { query: { by: query.by, period: query.period }, signal })
}

export function listPublicWords(cursor: string | undefined, signal: AbortSignal): Promise<Page<PublicWords>> {
  return api.get(`${BASE}/public-words`, { query: { cursor, limit: 10 }, signal })
}

const link = (token: string) => `${BASE}/links/${encodeURIComponent(token)}`

export function readOffer(token: string, signal: AbortSignal): Promise<RatingOffer> {
  return api.get(link(token), { signal })
}

export function rateByLink(key: string, token: string, level: number, tags: string[], comment: string): Promise<Answer<'RatingThanks'>> {
  return api.post(`${link(token)}/rating`, { level, tags, comment }, { key })
}

export function pressButton(key: string, token: string, button: string): Promise<Answer<'RatingThanks'>> {
  return api.post(`${link(token)}/rating`, { button }, { key })
}
