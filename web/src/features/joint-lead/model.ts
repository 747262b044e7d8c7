/** What can be said of parts and of a list's edits without the server. */
import type { CaseView } from '@/features/case/api'
import type { JointMatter, JointPart, Sending } from './api'

/** What the lead office changes in one list: its words, and what it leaves out with why. */
export interface Edit {
  reason: string
  dropped: Record<string, string>
}

export type Edits = Record<string, Edit>

/** The lists that wait, as their departments gave them. */
export const listsOf = (matter: Pick<JointMatter, 'parts'>) => matter.parts.filter((part) => part.state === 'given' && part.verdict === 'correct')

export const editsOf = (matter: Pick<JointMatter, 'parts'>): Edits =>
  Object.fromEntries(listsOf(matter).map((part) => [part.case_id, { reason: part.reason, dropped: {} }]))

export const pointsOf = (part: Pick<JointPart, 'fields' | 'materials'>) => [...part.fields, ...part.materials]

/** What is wrong with the edits, by case and point: a point is left out with a reason, and one stays. */
export function faultsOf(matter: Pick<JointMatter, 'parts'>, edits: Edits): { id: string; kind: 'reason' | 'all' }[] {
  return listsOf(matter).flatMap((part) => {
    const dropped = edits[part.case_id]?.dropped ?? {}
    const blank = Object.entries(dropped).filter(([, why]) => why.trim() === '').map(([key]) => ({ id: placeOf(part.case_id, key), kind: 'reason' as const }))
    const gone = pointsOf(part).every((point) => point.key in dropped)
    return gone ? [...blank, { id: placeOf(part.case_id), kind: 'all' as const }] : blank
  })
}

/** The element of a list, or of the reason beside one of its points. */
export const placeOf = (caseId: string, key = '') => `list-${caseId}${key.replaceAll('/', '-') && `-${key.replaceAll('/', '-')}`}`

/** What is sent: only lists that were changed. */
export function sendingOf(matter: Pick<JointMatter, 'parts' | 'version'>, words: string, edits: Edits): Sending {
  const parts = listsOf(matter).flatMap((part) => {
    const edit = edits[part.case_id]
    if (!edit) return []
    const dropped = Object.entries(edit.dropped).map(([key, reason]) => ({ part: key, reason: reason.trim() }))
    const reason = edit.reason.trim()
    return dropped.length === 0 && reason === part.reason ? [] : [{ case_id: part.case_id, reason, dropped }]
  })
  return { version: matter.version, words: words.trim(), parts }
}

const TONES: Record<string, 'ok' | 'warn' | 'bad' | 'neutral'> = { accept: 'ok', correct: 'warn', refuse: 'bad' }

/** How a part is marked: by what it says once it was given, else by whether it is late. */
export function toneOf(part: Pick<JointPart, 'state' | 'verdict' | 'late'>) {
  if (part.state === 'open') return part.late ? 'bad' : 'neutral'
  return TONES[part.verdict ?? ''] ?? 'neutral'
}

/** Since these the answer to the application is open anew; `joint_returned` gave it back to the department. */
const OPENED: ReadonlySet<string> = new Set(['submitted', 'resubmitted', 'corrected', 'originals_verified', 'joint_returned'])

/** Whether what is answered now is a part that the lead office sends. */
export function goesThroughLead(view: Pick<CaseView, 'joint' | 'state' | 'timeline'>): boolean {
  const answerable = view.state === 'submitted' || view.state === 'received'
  const opened = view.timeline.findLast((entry) => OPENED.has(entry.kind))
  return Boolean(view.joint?.merged) && answerable && opened?.kind !== 'joint_returned'
}
