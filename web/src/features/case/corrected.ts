/** What the applicant did after the last notice: for whoever looks at the case again. */
import type { CaseView } from './api'
import { nameOf } from './model'

const ANSWERS: ReadonlySet<string> = new Set(['corrected', 'resubmitted'])
const NOTICES: ReadonlySet<string> = new Set(['correction_requested', 'pre_review_returned'])

export interface Corrected {
  at: string
  /** Paths and requirement ids that changed. */
  places: ReadonlySet<string>
  /** The same, by name. */
  names: string[]
  /** What was asked for, in the clerk's words. */
  wanted: string
  /** What the applicant says to it. */
  remark: string
}

/** The answer to the last notice, as long as nobody has asked for more. */
export function correctedOf(view: Pick<CaseView, 'timeline' | 'form' | 'materials'>): Corrected | undefined {
  const answer = view.timeline.findLast((entry) => ANSWERS.has(entry.kind))
  const notice = view.timeline.findLast((entry) => NOTICES.has(entry.kind))
  if (!answer || !notice || notice.seq > answer.seq) return undefined
  return {
    at: answer.at,
    places: new Set(answer.changed),
    names: answer.changed.map((place) => nameOf(place, view.form, view.materials)),
    wanted: notice.reason,
    remark: answer.reason,
  }
}
