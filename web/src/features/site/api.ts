/** Service places (服务网点) as their keepers see them. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'
import type { Visit } from '@/features/appointment/api'

const BASE = '/api/v1/hall/manage/sites'

export type Site = Answer<'SiteView'>
export type SiteDocument = Site['document']
export type Sent = Body<'SiteDocument'>

export const siteKeys = {
  all: ['site'] as const,
  list: ['site', 'list'] as const,
  one: (id: string) => ['site', 'one', id] as const,
}

const one = (id: string) => `${BASE}/${encodeURIComponent(id)}`

export const listSites = (cursor: string | undefined, signal: AbortSignal): Promise<Page<Site>> => api.get(BASE, { query: { cursor, limit: 50 }, signal })

export const readSite = (id: string, signal: AbortSignal): Promise<Site> => api.get(one(id), { signal })

export const createSite = (key: string, department_code: string, document: Sent) => api.post<Site>(BASE, { department_code, document }, { key })

/** Who would be put aside. */
export const trySite = (key: string, id: string, document: Sent) => api.post<Visit[]>(`${one(id)}/preview`, { document }, { key })

export const saveSite = (key: string, { id, version }: Site, document: Sent, affected: number, reason: string) =>
  api.put<Site>(one(id), { version, document, affected, reason }, { key })
