/** Endpoints of other systems and the messages to them. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { lookUp } from '@/core/i18n'
import { t } from './text'

export type Endpoint = Answer<'EndpointView'>
export type EndpointFields = Body<'EndpointFields'>
export type Secret = Answer<'EndpointSecret'>
export type Delivery = Answer<'DeliveryView'>
export type Attempt = Delivery['attempts'][number]

const BASE = '/api/v1/apps'

export const endpointKeys = {
  all: ['endpoint'] as const,
  list: ['endpoint', 'list'] as const,
  one: (id: string) => ['endpoint', 'one', id] as const,
  deliveries: (id: string, state: string) => ['endpoint', 'deliveries', id, state] as const,
}

export const listEndpoints = (signal: AbortSignal) => api.get<Answer<'EndpointList'>>(`${BASE}/endpoints`, { signal })
export const readEndpoint = (id: string, signal: AbortSignal) => api.get<Endpoint>(`${BASE}/endpoints/${id}`, { signal })
export const createEndpoint = (key: string, fields: EndpointFields) => api.post<Secret>(`${BASE}/endpoints`, fields, { key })
export const saveEndpoint = (id: string, version: number, endpoint: EndpointFields) =>
  api.put<Endpoint>(`${BASE}/endpoints/${id}`, { version, endpoint })
export const rotateSecret = (key: string, id: string, version: number) =>
  api.post<Secret>(`${BASE}/endpoints/${id}/rotate`, { version }, { key })
export const ping = (key: string, id: string) => api.post<Delivery>(`${BASE}/endpoints/${id}/ping`, {}, { key })
export const replaySpan = (key: string, id: string, span: Body<'ReplaySpan'>) =>
  api.post<Answer<'Replayed'>>(`${BASE}/endpoints/${id}/replay`, span, { key })
export const replayOne = (key: string, id: string) => api.post<Delivery>(`${BASE}/deliveries/${id}/replay`, {}, { key })
export const listDeliveries = (id: string, state: string, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<Delivery>>(`${BASE}/endpoints/${id}/deliveries`, { query: { state: state || undefined, cursor }, signal })

/** What a kind of event is called. */
export const kindName = (kind: string) => lookUp(`endpoint.kind.${kind.replace('.', '_')}`) ?? kind

/** What came of a try, in words. */
export const outcome = (attempt: Attempt) =>
  attempt.status === null ? (lookUp(`endpoint.trouble.${attempt.trouble}`) ?? attempt.trouble) : t('status', { status: attempt.status })

/** How an endpoint is doing. */
export function stateOf(endpoint: Endpoint): { tone: 'ok' | 'bad' | 'warn' | 'neutral'; word: string } {
  if (endpoint.disabled_at) return { tone: 'bad', word: t('disabled') }
  if (!endpoint.active) return { tone: 'neutral', word: t('off') }
  return endpoint.failing_since ? { tone: 'warn', word: t('failing') } : { tone: 'ok', word: t('on') }
}
