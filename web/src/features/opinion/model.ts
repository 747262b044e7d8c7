/** What can be said of requests for opinions without the server. */
import type { CaseView } from '@/features/case/api'
import type { OpinionState, Stance } from './api'

/** Same bounds as the server. */
export const BOUNDS = { departments: 10, days: 20, words: 2000 } as const

export const STANCES: readonly Stance[] = ['agree', 'conditions', 'object', 'no_comment']

export const STATES: readonly OpinionState[] = ['open', 'given', 'declined', 'withdrawn', 'lapsed']

/** Who agrees or has nothing to say need not give words. */
export const needsWords = (stance: Stance | '') => stance === 'conditions' || stance === 'object'

const ENDS: ReadonlySet<string> = new Set(['opinion_given', 'opinion_declined', 'opinion_withdrawn'])

/** How many departments were asked about a case, and how many of them still think about it. */
export function askedOf(view: Pick<CaseView, 'timeline'>): { asked: number; waiting: number } {
  const kinds = view.timeline.map((entry) => entry.kind as string)
  const asked = kinds.filter((kind) => kind === 'opinion_asked').length
  return { asked, waiting: asked - kinds.filter((kind) => ENDS.has(kind)).length }
}

const TONES: Record<string, 'ok' | 'warn' | 'bad' | 'neutral'> = { agree: 'ok', conditions: 'warn', object: 'bad', no_comment: 'neutral' }

/** How a request is marked: by what was answered, else by where it stands. */
export function toneOf({ state, stance, late }: { state: string; stance?: string | null | undefined; late: boolean }) {
  if (stance) return TONES[stance] ?? 'neutral'
  if (state === 'open') return late ? 'bad' : 'warn'
  return 'neutral'
}
