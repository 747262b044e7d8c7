/** Whoever takes a result: what is asked of him, and what is sent. */
import type { Strokes } from '@/features/delivery/types'

export const nobody = () => ({ name: '', document: 'citizen_id', id_number: '', relation: 'own', authority: '', signature: [] as Strokes })

export type Collector = ReturnType<typeof nobody>
type Said = 'name' | 'id_number' | 'authority'

/** What he has not said yet. */
export function wanting(collector: Collector): Said[] {
  const asked: Said[] = ['name', 'id_number', ...(collector.relation === 'authorised' ? (['authority'] as const) : [])]
  return asked.filter((key) => collector[key].trim() === '')
}

/** Whoever comes for himself needs no authority, also where one was written before. */
export const toSend = (collector: Collector): Collector => ({ ...collector, authority: collector.relation === 'authorised' ? collector.authority : '' })
