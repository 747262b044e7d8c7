/** How long a lock-out lasts, in the unit that people would say: the server counts seconds. */
import type { Problem } from '@/core/http'
import { t } from './text'

export function lockedWords(problem: Problem): string | undefined {
  const seconds = Number(problem.args.seconds)
  if (problem.code !== 'identity.locked' || !(seconds > 0)) return undefined
  return seconds < 60 ? t('login.locked_seconds', { n: Math.ceil(seconds) }) : t('login.locked_minutes', { n: Math.ceil(seconds / 60) })
}
