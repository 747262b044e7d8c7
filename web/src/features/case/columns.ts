/** Which columns the list shows: in the address, so that a view can be kept and handed on; else as last chosen here. */
import type { LocationQuery } from 'vue-router'

/** The number leads to the case and is always there. */
export const COLUMNS = ['light', 'number', 'applicant', 'item_name', 'state', 'labels', 'handler', 'due', 'submitted_at'] as const
export type ColumnKey = (typeof COLUMNS)[number]
const ALWAYS: ReadonlySet<ColumnKey> = new Set(['number'])

const STORAGE_KEY = 'tongban.desk.columns'
const isAll = (keys: readonly ColumnKey[]) => keys.length === COLUMNS.length

/** Known columns out of words, in the order of the table; all where none is known. */
export function columnsIn(words: string): ColumnKey[] {
  const named = new Set(words.split(','))
  const known = COLUMNS.filter((key) => named.has(key))
  return known.length === 0 ? [...COLUMNS] : COLUMNS.filter((key) => named.has(key) || ALWAYS.has(key))
}

function remembered(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? ''
  } catch {
    // Storage may be forbidden: all columns will do.
    return ''
  }
}

export function columnsOf(address: LocationQuery): ColumnKey[] {
  const { columns } = address
  return columnsIn(typeof columns === 'string' ? columns : remembered())
}

/** Keeps a choice on this device; returns it as the address says it, nothing for all columns. */
export function keepColumns(keys: readonly ColumnKey[]): string | undefined {
  const words = isAll(keys) ? undefined : keys.join(',')
  try {
    if (words === undefined) localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, words)
  } catch {
    // As above.
  }
  return words
}

export const isFixed = (key: ColumnKey) => ALWAYS.has(key)
