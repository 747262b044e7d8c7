/** What to tell people about a problem: what happened, what is kept, what to do, which request. */
import { Problem, UNREACHABLE } from './http'
import { t } from './text'

type Kind =
  | 'unreachable' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict'
  | 'too_large' | 'invalid' | 'limited' | 'unavailable' | 'internal'

export interface Explanation {
  kind: Kind
  what: string
  kept: string
  next: string
  requestId: string
  retry: boolean
}

const BY_STATUS: Record<number, Kind> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'not_found',
  413: 'too_large',
  422: 'invalid',
  429: 'limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

export function kindOf(problem: Problem): Kind {
  if (problem.code === UNREACHABLE) return 'unreachable'
  return BY_STATUS[problem.status] ?? 'internal'
}

/** Whether the server no longer lets us see what was asked for: what came before must go, too. */
export function isRefused(error: unknown): boolean {
  return error instanceof Problem && [403, 404, 410].includes(error.status)
}

/** The guard names a permission by its key: that tells nobody but us what is missing. */
function forbiddenWords(problem: Problem): string | undefined {
  if (problem.code !== 'http.forbidden') return undefined
  const applying = (problem.args.permission ?? '').startsWith('intake.application.')
  return t(applying ? 'error.forbidden.no_application' : 'error.forbidden.what')
}

/** The server's words come first: it knows who handled the case and which post is needed. */
export function explain(problem: Problem): Explanation {
  const kind = kindOf(problem)
  return {
    kind,
    what: forbiddenWords(problem) ?? (problem.detail || problem.title || t(`error.${kind}.what`)),
    kept: t(`error.${kind}.kept`),
    next: t(`error.${kind}.next`),
    requestId: problem.request_id,
    retry: ['unreachable', 'unavailable', 'internal', 'limited'].includes(kind),
  }
}

/** The same, where no field shows its own fault: what is wrong with each is more than that something is. */
export function explainFields(problem: Problem): Explanation {
  const wrong = problem.fields.map((one) => one.message).filter(Boolean)
  const said = explain(problem)
  return wrong.length > 0 ? { ...said, what: wrong.join(' ') } : said
}
