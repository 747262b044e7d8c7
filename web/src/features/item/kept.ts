/**
 * Answers of the situation guide on their way from the guide page through the login to the
 * application. Not in the address: some of them are sensitive.
 */
import type { SituationAnswers } from './types'

const KEY = 'tongban.situation'

export function keepAnswers(code: string, answers: SituationAnswers): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ code, answers }))
  } catch {
    // Storage may be forbidden; then the questions are asked once more.
  }
}

export function keptAnswers(code: string): SituationAnswers {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as { code?: string; answers?: SituationAnswers }
    return kept.code === code ? (kept.answers ?? {}) : {}
  } catch {
    return {}
  }
}

export function forgetAnswers(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // As above.
  }
}
