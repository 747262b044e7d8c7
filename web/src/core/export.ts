/** Where a list is to be had as a file. */

export type ExportFormat = 'json' | 'csv' | 'xlsx'

/** The address of an export with the words by which the list was narrowed. */
export function exportOf(path: string, words: Record<string, string | undefined>): string {
  const said = Object.entries(words).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return `${path}?${new URLSearchParams(said).toString()}`
}
