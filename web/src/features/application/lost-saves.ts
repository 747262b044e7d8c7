/**
 * Saves whose answer was lost on the way. Where the server then speaks of a newer version, that may
 * be one's own save: nobody has to be asked about a conflict with himself.
 */
import type { Answers } from '@/form/document'
import { fetchApplication } from './api'
import { isWhatWasSent } from './model'
import type { Application } from './types'

export interface Sent {
  /** As entered. */
  entered: Answers
  /** As the server keeps it. */
  normal: Answers
}

export function lostSaves(id: string) {
  let lost: Sent[] = []
  return {
    add: (sent: Sent) => void lost.push(sent),
    forget: () => void (lost = []),
    /** The save that the newer version came from, with the application as it now is. */
    async arrived(last: Sent): Promise<{ sent: Sent; now: Application } | undefined> {
      if (lost.length === 0) return undefined
      const now = await fetchApplication(id).catch(() => undefined)
      const sent = now && [last, ...lost].find((one) => isWhatWasSent(now.form, one))
      return now && sent && { sent, now }
    },
  }
}
