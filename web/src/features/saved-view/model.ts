/** Between a kept view and the address that shows it. */
import type { LocationQuery } from 'vue-router'
import type { Content, SavedView } from './api'

type Place = Content['place']
type Column = Content['columns'][number]

const ONLY: readonly NonNullable<Content['only']>[] = ['mine', 'withdrawal', 'supervised', 'letter', 'fee_unpaid', 'fee_request', 'fee_refund', 'mentioned']
export const SORTS: readonly NonNullable<Content['sort']>[] = ['due', 'newest', 'oldest']

const single = (value: LocationQuery[string] | undefined) => (typeof value === 'string' && value !== '' ? value : null)

/** What the address shows now. */
export function contentOf(place: Place, address: LocationQuery, columns: readonly Column[], all: number): Content {
  const [only, sort] = [single(address.only), single(address.sort)]
  return {
    place,
    state: single(address.state),
    light: single(address.light),
    q: single(address.q),
    only: ONLY.find((one) => one === only) ?? null,
    label: single(address.label),
    sort: SORTS.find((one) => one === sort && one !== 'due') ?? null,
    columns: columns.length === all ? [] : [...columns],
  }
}

/** The address that shows it. */
export function queryFor({ state, light, q, only, label, sort, columns }: Content): Record<string, string> {
  const words = { state, light, q, only, label, sort: sort === 'due' ? null : sort, columns: columns.length > 0 ? columns.join(',') : null }
  return Object.fromEntries(Object.entries(words).filter((entry): entry is [string, string] => entry[1] !== null))
}

const asText = (content: Content) => JSON.stringify([content.place, Object.entries(queryFor(content)).toSorted()])

/** The view that the address shows, if it is one that is kept. */
export const shownView = (views: readonly SavedView[], now: Content) => views.find((view) => asText(view.content) === asText(now))

/** What a list opens with: the one of one's own views that was chosen for it. */
export const defaultOf = (views: readonly SavedView[], place: Place): SavedView | undefined =>
  views.find((view) => view.own && view.opens && view.content.place === place)

/** The ids with one moved by a place; as they were where there is nowhere to go. */
export function moved(ids: readonly string[], id: string, by: 1 | -1): string[] {
  const at = ids.indexOf(id)
  const other = ids[at + by]
  if (at < 0 || other === undefined) return [...ids]
  return ids.map((one) => (one === id ? other : one === other ? id : one))
}
