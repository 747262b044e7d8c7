/** Pure rules of a delivery: what a choice needs, and what a collector has to say. */
import type { DeliveryAddress, Way } from './types'

export const wantsAddress = (way: Way | '') => way === 'courier' || way === 'in_person'

/** Which parts of an address are wanting. */
export function addressFaults({ recipient, phone, address }: DeliveryAddress): (keyof DeliveryAddress)[] {
  const mobile = /^1[3-9]\d{9}$/
  const landline = /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/
  const digits = phone.replaceAll(/[\s\u2010-\u2015]/g, '')
  return [
    ...(recipient.trim() === '' ? (['recipient'] as const) : []),
    ...(mobile.test(digits) || landline.test(phone.trim()) ? [] : (['phone'] as const)),
    ...(address.trim().length < 6 ? (['address'] as const) : []),
  ]
}

type Told = { chosen: Way | null; offered: readonly Way[] }

/** Whether the result can be delivered online: as chosen, or as offered to whoever chose nothing. */
const isOnline = ({ chosen, offered }: Told) => (chosen ? chosen === 'online' : offered.length === 0 || offered.includes('online'))

/** The way that the desk most likely records: what was chosen, else online where that is offered. */
export function likelyWay(delivery: Told & { dispatched_at: string | null }): Way {
  if (delivery.chosen) return delivery.chosen === 'courier' && !delivery.dispatched_at ? 'pick_up' : delivery.chosen
  return isOnline(delivery) ? 'online' : 'pick_up'
}

/** Ways that the desk may record now: the counter always, anything else by choice or offer. */
export function openWays(delivery: Told & { dispatched_at: string | null }): Way[] {
  const { chosen } = delivery
  return [
    'pick_up',
    ...(delivery.dispatched_at ? (['courier'] as const) : []),
    ...(isOnline(delivery) ? (['online'] as const) : []),
    ...(chosen === 'in_person' ? (['in_person'] as const) : []),
  ]
}

export const isByHand = (way: Way | '') => way === 'pick_up' || way === 'in_person'
