/** Typed calls about the delivery of a result. */
import { api } from '@/core/http'
import { applicationUrl as one } from '@/features/application/door'
import type { Application } from '@/features/application/types'
import type { DeliveryAddress, Way } from './types'

export const chooseDelivery = (id: string, body: { version: number; way: Way; address: DeliveryAddress | null }) =>
  api.put<Application>(`${one(id)}/delivery`, body)

export const confirmReceipt = (key: string, id: string, version: number) => api.post<Application>(`${one(id)}/receipt`, { version }, { key })
