/** What an item that is derived from another one has of its own, and what it inherits. */
import { isRecord, rowsOf, stepsOf } from '@/form/document'
import { valueAt } from '@/form/paths'
import type { ItemDocument, ParentStanding } from './api'

export type Parent = Pick<ParentStanding, 'identity' | 'own' | 'item'>

/** A place in which the item may speak for itself, with what is said there. */
export interface OwnPlace {
  path: string
  parent: unknown
  item: unknown
  own: boolean
}

/** Whether a place, or all that lies in it, is the item's own to word; `*` is any row. */
export function isOwn(parent: Parent, path: string): boolean {
  const steps = stepsOf(path)
  const lies = (place: string) => stepsOf(place).every((step, at) => (step === '*' ? /^\d+$/.test(steps[at] ?? '') : step === steps[at]))
  return [...parent.identity, ...parent.own].some(lies)
}

/** The places in which it may speak for itself; a row stands for the parent's row of the same id. */
export function ownPlaces(parent: Parent, item: ItemDocument): OwnPlace[] {
  return parent.own.flatMap((place) => {
    const [list, part] = place.split('/*')
    if (part === undefined || list === undefined) return [told(place, valueAt(parent.item as ItemDocument, place), valueAt(item, place))]
    const theirs = rowsOf(valueAt(parent.item as ItemDocument, list))
    return rowsOf(valueAt(item, list)).map((row, at) => {
      const same = theirs.find((one) => one.id === row.id)
      return told(`${list}/${at}${part}`, same && valueAt(same, part), valueAt(row, part))
    })
  })
}

const told = (path: string, parent: unknown, item: unknown): OwnPlace => ({ path, parent, item, own: plain(parent) !== plain(item) })

/** The same whatever the order of keys; what says nothing is as good as absent. */
function plain(value: unknown): string {
  const empty = (part: unknown) => part === undefined || part === null || part === '' || part === false || (Array.isArray(part) && part.length === 0)
  const ordered = (_key: string, part: unknown) =>
    isRecord(part) && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).filter(([, one]) => !empty(one)).sort(([a], [b]) => (a < b ? -1 : 1))) : part
  return empty(value) ? '' : JSON.stringify(value, ordered)
}
