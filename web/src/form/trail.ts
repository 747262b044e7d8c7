/** Where a path lies in a form: the rows on the way to it, however deep, and the field itself. */
import { stepsOf, type Field, type FormDocument } from './document'

export interface Trail {
  /** The deepest field that the path names. */
  field: Field
  /** The fields on the way, from the top; the last is `field`. */
  fields: Field[]
  /** The rows on the way: 人员 2, 健康合格证明 1. */
  rows: { title: string; n: number }[]
  /** Whether the path ends at a row and not at a field. */
  isRow: boolean
  /** Places in the order of the form, level by level. */
  order: number[]
}

/** Nothing where the form has no such field at the top. */
export function trailOf(document: FormDocument, path: string): Trail | undefined {
  let level: readonly Field[] = document.sections.flatMap((section) => section.fields)
  let trail: Trail | undefined
  const steps = stepsOf(path)
  for (let at = 0; at < steps.length; at += 2) {
    const index = level.findIndex((one) => one.key === steps[at])
    const field = level[index]
    if (!field) break
    trail = { field, fields: [...(trail?.fields ?? []), field], rows: trail?.rows ?? [], isRow: false, order: [...(trail?.order ?? []), index] }
    const row = steps[at + 1]
    if (field.kind !== 'repeat' || row === undefined) break
    const n = Number(row) + 1
    trail = { ...trail, rows: [...trail.rows, { title: field.row_title ?? field.label, n }], isRow: true, order: [...trail.order, n] }
    level = field.fields
  }
  return trail
}

/** What people call a place: its label, after the rows it stands in. */
export function placeName(document: FormDocument, path: string): string | undefined {
  const trail = trailOf(document, path)
  if (!trail) return undefined
  const rows = trail.rows.map(({ title, n }) => `${title} ${n}`)
  return [...rows, ...(trail.isRow ? [] : [trail.field.label])].join(' · ')
}

/** Sorts paths as the form has them; what it does not have comes last. */
export function byPlace(document: FormDocument): (a: string, b: string) => number {
  const orderOf = (path: string) => trailOf(document, path)?.order ?? [Number.MAX_SAFE_INTEGER]
  return (a, b) => {
    const [one, other] = [orderOf(a), orderOf(b)]
    const at = one.findIndex((step, index) => step !== other[index])
    return at === -1 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1)
  }
}
