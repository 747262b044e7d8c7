/**
 * What a clerk has written about a case and not yet sent: opinion, marks, notice. It stays while
 * he looks at other cases or the page is fetched anew, and goes when the command is done. It is
 * kept in memory only: opinions may name people.
 */
import { reactive } from 'vue'
import type { Marks } from './model'

export interface Notes {
  opinion: string
  marks: Marks
  /** The notice where it was changed by hand; else it follows the marks. */
  notice: string | undefined
}

const all = reactive(new Map<string, Notes>())

export function notesOf(caseId: string): Notes {
  const found = all.get(caseId)
  if (found) return found
  all.set(caseId, { opinion: '', marks: {}, notice: undefined })
  return notesOf(caseId)
}

export function dropNotes(caseId: string): void {
  all.delete(caseId)
}
