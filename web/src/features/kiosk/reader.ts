/**
 * The reader of identity cards. A real one comes with a driver that the kiosk's own shell puts into
 * the page; it signs what it reads with the kiosk's secret (docs/domains/identity.md). Without one
 * the settings may allow a pretended reader, `SimulatedReader.vue`. Nothing else knows readers.
 */
import { ref } from 'vue'
import type { CardReading } from './api'

export interface CardDriver {
  /** Resolves when a card has been read. */
  read: (signal: AbortSignal) => Promise<CardReading>
  /** Called when the card is taken away; gives back how to stop listening. */
  onRemoved: (listener: () => void) => () => void
}

declare global {
  interface Window {
    tongbanCardReader?: CardDriver
  }
}

export const driver = (): CardDriver | undefined => window.tongbanCardReader

const removed = new Set<() => void>()
/** Whether a card lies in the reader: who signed in by it leaves when it is taken away. */
export const cardLies = ref(false)

export function cardPlaced(): void {
  cardLies.value = true
  driver()?.onRemoved(cardRemoved)
}

export function cardRemoved(): void {
  if (!cardLies.value) return
  cardLies.value = false
  removed.forEach((listener) => listener())
}

export function onCardRemoved(listener: () => void): () => void {
  removed.add(listener)
  return () => removed.delete(listener)
}
