/** What somebody does about a licence after its issue, and what he says to it. */
import type { Change } from './api'

export type Act = { verb: 'ask'; kind: Change['kind'] } | { verb: 'answer' } | { verb: 'propose' } | { verb: 'decide' } | { verb: 'return' }

export interface Said {
  words: string
  basis: string
  days: number
  choice: string
}
