/** Deliveries as the servers' API gives and takes them. */
import type { Answer } from '@/api/answers'

export type Way = Answer<'ResultDelivery'>
export type DeliveryAddress = Answer<'DeliveryAddress'>
/** Strokes of a signature, in a field of 600 by 200. */
export type Strokes = [number, number][][]
