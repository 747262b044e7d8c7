/** The codes of a table in the hands of their editor. */
import type { CodeEntry, KeptCodeTable } from './api'

/** A code as its editor holds it: an empty name is the inherited one. */
export interface CodeRow {
  code: string
  name: string
  inherited: string
  offered: boolean
  own: boolean
}

/** The codes as they hold, with what the division itself has written in the fields. */
export function rowsOf(kept: KeptCodeTable, programs: ReadonlyMap<string, string>): CodeRow[] {
  return kept.entries.map((entry) => {
    const own = kept.own.find((one) => one.code === entry.code)
    const inherited = own?.name ? '' : (entry.name ?? '')
    return { code: entry.code, name: own?.name ?? '', inherited: inherited || (programs.get(entry.code) ?? entry.code), offered: entry.offered, own: own !== undefined }
  })
}

/** What is written: every code in its place, a name only where it is another than the inherited one. */
export const entriesOf = (rows: readonly CodeRow[]): CodeEntry[] =>
  rows.filter((row) => row.code.trim() !== '').map((row) => ({ code: row.code.trim(), name: row.name.trim() === row.inherited ? '' : row.name.trim(), offered: row.offered }))
