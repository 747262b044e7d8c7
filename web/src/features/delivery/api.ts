/** Typed calls about the delivery of a result. */
import { api } from '@/core/http'
import type { Application } from '@/features/application/types'
import type { DeliveryAddress, Way } from './types'

const one = (id: string) => `/api/v1/intake/applications/${encodeURIComponent(id)}`

export const chooseDelivery = (id: string, body: { version: number; way: Way; address: DeliveryAddress | null }) =>
  api.put<Application>(`${one(id)}/delivery`, body)

export const confirmReceipt = (key: string, id: string, version: number) => api.post<Application>(`${one(id)}/receipt`, { version }, { key })
