/** Visits that are booked (办事预约, 预约取件): places, slots, one's own, and those of a place. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/hall'

export type Place = Answer<'PlaceView'>
export type SlotDay = Answer<'SlotDay'>
export type Visit = Answer<'AppointmentView'>
export type State = Visit['state']
export type Act = Visit['acts'][number]
export type Standing = Answer<'BookingStanding'>
export type Pickup = Answer<'PickupView'>
export type DeskPlace = Answer<'DeskPlace'>
export type SlotChoice = Body<'SlotChoice'>
export type WhatFor = Body<'WhatFor'>

export const visitKeys = {
  all: ['visit'] as const,
  places: (item: string) => ['visit', 'places', item] as const,
  pickup: (number: string) => ['visit', 'pickup', number] as const,
  slots: (site: string, counter: string) => ['visit', 'slots', site, counter] as const,
  own: ['visit', 'own'] as const,
  standing: ['visit', 'standing'] as const,
  deskPlaces: ['visit', 'desk-places'] as const,
  desk: (site: string, day: string, q: string) => ['visit', 'desk', site, day, q] as const,
}

const own = (id: string) => `${BASE}/appointments/${encodeURIComponent(id)}`
const atDesk = (id: string) => `${BASE}/desk/appointments/${encodeURIComponent(id)}`

export const listPlaces = (item: string, signal: AbortSignal): Promise<Place[]> => api.get(`${BASE}/places`, { query: { item_code: item }, signal })

export const readPickup = (number: string, signal: AbortSignal): Promise<Pickup> => api.get(`${BASE}/pickups/${encodeURIComponent(number)}`, { signal })

export const listSlots = (site: string, counter: string, signal: AbortSignal): Promise<SlotDay[]> =>
  api.get(`${BASE}/places/${encodeURIComponent(site)}/slots`, { query: { counter }, signal })

export const readStanding = (signal: AbortSignal): Promise<Standing> => api.get(`${BASE}/standing`, { signal })

export const listVisits = (cursor: string | undefined, signal: AbortSignal): Promise<Page<Visit>> => api.get(`${BASE}/appointments`, { query: { cursor, limit: 20 }, signal })

export const book = (key: string, site_id: string, slot: SlotChoice, errand: WhatFor) => api.post<Visit>(`${BASE}/appointments`, { site_id, slot, errand }, { key })

export const cancel = (key: string, { id, version }: Visit) => api.post<Visit>(`${own(id)}/cancel`, { version }, { key })

export const change = (key: string, { id, version }: Visit, slot: SlotChoice) => api.post<Visit>(`${own(id)}/change`, { version, slot }, { key })

export const listDeskPlaces = (signal: AbortSignal): Promise<DeskPlace[]> => api.get(`${BASE}/desk/places`, { signal })

/** `q`: a booking number or a phone, whatever the place and day. */
export const listDesk = (site_id: string, day: string, q: string, signal: AbortSignal): Promise<Visit[]> =>
  api.get(`${BASE}/desk/appointments`, { query: q ? { q } : { site_id, day }, signal })

export const confirm = (key: string, { id, version }: Visit) => api.post<Visit>(`${atDesk(id)}/confirm`, { version }, { key })

export const checkIn = (key: string, { id, version }: Visit) => api.post<Visit>(`${atDesk(id)}/check-in`, { version }, { key })

export const decline = (key: string, { id, version }: Visit, reason: string, offered: SlotChoice | null) =>
  api.post<Visit>(`${atDesk(id)}/decline`, { version, reason, offered }, { key })

export const move = (key: string, { id, version }: Visit, reason: string, slot: SlotChoice) => api.post<Visit>(`${atDesk(id)}/move`, { version, reason, slot }, { key })
