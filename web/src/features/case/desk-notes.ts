/**
 * What a clerk has written about a case and not yet sent: opinion, marks, notice, forms. It stays while
 * he looks at other cases or the page is fetched anew, and goes when the command is done. It is
 * kept in memory only: opinions may name people.
 */
import { reactive } from 'vue'
import type { Draft } from './diversions'
import type { ActionKey, Marks } from './model'

export interface Notes {
  opinion: string
  /** Beside the originals; the applicant reads it, other than an opinion. */
  remark: string
  marks: Marks
  /** The notice where it was changed by hand; else it follows the marks. */
  notice: string | undefined
  /** A letter to the applicant. */
  letter: string
  /** Forms of rare actions. */
  drafts: Drafts
}

export type Drafts = Partial<Record<ActionKey, Draft>>

const all = reactive(new Map<string, Notes>())

export function notesOf(caseId: string): Notes {
  const found = all.get(caseId)
  if (found) return found
  all.set(caseId, { opinion: '', remark: '', marks: {}, notice: undefined, letter: '', drafts: {} })
  return notesOf(caseId)
}

export function dropNotes(caseId: string): void {
  all.delete(caseId)
}

/** After a command with which the case goes on: only its own form is done with. */
export function dropDraft(caseId: string, action: ActionKey): void {
  const notes = all.get(caseId)
  if (!notes) return
  delete notes.drafts[action]
  if (action === 'verify_originals') notes.remark = ''
}
