/** What the public sees of ratings, and ratings by a one-time link. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'

const BASE = '/api/v1/interaction'

export type Rates = Answer<'Rates'>
export type RateRow = Answer<'RateRow'>
export type PublicWords = Answer<'PublicWords'>
export type RatingOffer = Answer<'RatingOffer'>

export type AppraisalRow = Answer<'AppraisalRow'>
export type PublicAppraisal = Answer<'PublicAppraisal'>

export interface RatesQuery {
  by: 'department' | 'item'
  period: 'month' | 'year' | 'all'
}

export const rateKeys = {
  rates: (query: RatesQuery) => ['rates', query] as const,
  words: ['rates', 'words'] as const,
  appraisals: ['rates', 'appraisals'] as const,
  appraisal_rates: ['rates', 'appraisals', 'rates'] as const,
  appraisal_words: ['rates', 'appraisals', 'words'] as const,
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

export function readAppraisalRates(signal: AbortSignal): Promise<AppraisalRow[]> {
  return api.get(`${BASE}/appraisal-rates`, { signal })
}

export function listAppraisals(cursor: string | undefined, signal: AbortSignal): Promise<Page<PublicAppraisal>> {
  return api.get(`${BASE}/appraisals`, { query: { cursor, limit: 10 }, signal })
}

export function giveAppraisal(key: string, body: Body<'GiveAppraisal'>): Promise<Answer<'AppraisalThanks'>> {
  return api.post(`${BASE}/appraisals`, body, { key })
}
