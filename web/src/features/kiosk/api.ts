/** Calls of a kiosk about itself, and of administrators about kiosks. */
import { useQuery } from '@tanstack/vue-query'
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'

const [HERE, ALL] = ['/api/v1/identity/kiosk', '/api/v1/identity/kiosks']
/** A kiosk that was shut off says so within this time. */
const LOOK_MS = 60_000

export type KioskHere = Answer<'KioskHere'>
export type Kiosk = Answer<'KioskView'>
export type CardReading = Answer<'CardReading'>
export type NewKiosk = Body<'NewKiosk'>

export const kioskKeys = { here: ['kiosk', 'here'] as const, all: ['kiosk', 'list'] as const }

/** The kiosk that this browser is; `null` where it is none. */
export function useKioskHere() {
  return useQuery({
    queryKey: kioskKeys.here,
    queryFn: async ({ signal }) => (await api.get<KioskHere | undefined>(HERE, { signal })) ?? null,
    refetchInterval: LOOK_MS,
  })
}

export const pairKiosk = (key: string, secret: string) => api.post<KioskHere>(`${HERE}/pair`, { secret }, { key })

/** Begins a session; what it is is asked of the session store. */
export const signInByCard = (reading: CardReading) => api.post<unknown>(`${HERE}/card`, reading)

export const simulateCard = (key: string, name: string, citizen_id: string) => api.post<CardReading>(`${HERE}/card/simulate`, { name, citizen_id }, { key })

export const listKiosks = (cursor: string | undefined, signal: AbortSignal) => api.get<Page<Kiosk>>(ALL, { query: { cursor, limit: 50 }, signal })

export const registerKiosk = (key: string, body: NewKiosk) => api.post<Answer<'RegisteredKiosk'>>(ALL, body, { key })

export const renewKiosk = (key: string, kiosk: Kiosk) => api.post<Answer<'RegisteredKiosk'>>(`${ALL}/${kiosk.id}/renew`, { version: kiosk.version }, { key })

export const shutKiosk = (key: string, kiosk: Kiosk, shut: boolean) =>
  api.post<Kiosk>(`${ALL}/${kiosk.id}/${shut ? 'shut' : 'open'}`, { version: kiosk.version }, { key })
