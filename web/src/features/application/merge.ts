/**
 * Two devices have written the same draft. What only one of them changed is taken from it, rows of
 * groups one by one; where both changed the same place differently, the applicant chooses.
 */
import { isRecord, pointer, rowsOf, type Answers, type Field, type FormDocument } from '@/form/document'

export interface Clash {
  path: string
  field: Field
  theirs: unknown
}

/** Answers when both were the same, as this page and as the server had them, and what became of them. */
export interface Sides {
  base: Answers
  mine: Answers
  known: Answers
  theirs: Answers
}

interface Values {
  base: unknown
  mine: unknown
  known: unknown
  theirs: unknown
}

/** The same with keys in order, so that equal answers are equal words. */
export function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]))
}

const same = (a: unknown, b: unknown) => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))
const idsOf = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [])

/** One answer. `undefined`: there is none. */
function join(field: Field | undefined, path: string, values: Values, clashes: Clash[]): unknown {
  const { base, mine, known, theirs } = values
  if (same(base, mine)) return theirs
  if (same(known, theirs) || same(mine, theirs)) return mine
  if (field?.kind === 'attachment') return joinFiles(values)
  if (field?.kind === 'repeat' && grew(values)) return joinRows(field.fields, path, values, clashes)
  if (field) clashes.push({ path, field, theirs })
  return mine
}

/** Files come and go one by one: both sides' new ones stay, what either took out is gone. */
function joinFiles({ base, mine, theirs }: Values): unknown[] {
  const [before, here, there] = [idsOf(base), idsOf(mine), idsOf(theirs)]
  const kept = there.filter((id) => here.includes(id) || !before.includes(id))
  return [...kept, ...here.filter((id) => !before.includes(id) && !kept.includes(id))]
}

/** Whether the rows of before are the first rows on both sides; after a removal nobody knows which is which. */
function grew({ base, mine, known, theirs }: Values): boolean {
  const [before, here, then, there] = [base, mine, known, theirs].map((value) => rowsOf(value).length)
  return before === then && (here ?? 0) >= (before ?? 0) && (there ?? 0) >= (before ?? 0)
}

/** The rows of before one by one, then those that the other side added, then those added here. */
function joinRows(fields: readonly Field[], path: string, values: Values, clashes: Clash[]): Answers[] {
  const [base, mine, known, theirs] = [values.base, values.mine, values.known, values.theirs].map(rowsOf)
  if (!base || !mine || !known || !theirs) return []
  const old = base.map((row, at) =>
    joinLevel(fields, pointer(path, at), { base: row, mine: mine[at] ?? {}, known: known[at] ?? {}, theirs: theirs[at] ?? {} }, clashes),
  )
  return [...old, ...theirs.slice(base.length), ...mine.slice(base.length)]
}

function joinLevel(fields: readonly Field[], path: string, sides: Sides, clashes: Clash[]): Answers {
  const keys = new Set([sides.base, sides.mine, sides.known, sides.theirs].flatMap((side) => Object.keys(side)))
  const entries = [...keys].map((key): [string, unknown] => {
    const values = { base: sides.base[key], mine: sides.mine[key], known: sides.known[key], theirs: sides.theirs[key] }
    return [key, join(fields.find((one) => one.key === key), pointer(path, key), values, clashes)]
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** What both sides together have; where they clash, what stands here, until the applicant has chosen. */
export function mergeAnswers(document: FormDocument | null, sides: Sides): { merged: Answers; clashes: Clash[] } {
  const clashes: Clash[] = []
  const merged = joinLevel(document?.sections.flatMap((section) => section.fields) ?? [], '', sides, clashes)
  return { merged, clashes }
}
