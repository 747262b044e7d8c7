/** The report of an import as a table and as a file. */
import type { ImportReport, RowNote } from './api'

export interface Line extends RowNote {
  kind: 'rejected' | 'warnings'
}

/** Rejected rows and remarks in the order of the file. */
export function linesOf(report: ImportReport): Line[] {
  const of = (kind: Line['kind']) => report[kind].map((note) => ({ ...note, kind }))
  return [...of('rejected'), ...of('warnings')].toSorted((a, b) => a.row - b.row)
}

/** A cell that a spreadsheet neither splits nor runs as a formula. */
function cell(value: string | number): string {
  const text = String(value)
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** CSV with the mark by which spreadsheets know UTF-8. */
export function csvOf(report: ImportReport, head: readonly string[], kinds: Record<Line['kind'], string>): string {
  const rows = linesOf(report).map((line) => [line.row, kinds[line.kind], line.message || line.code, line.code])
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
