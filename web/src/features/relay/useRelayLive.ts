/**
 * Renews what is shown of hand-overs when a list goes on. Who works at a counter alone has no stream of cases to
 * listen to: his pages look again by themselves.
 */
import { useQueryClient } from '@tanstack/vue-query'
import { useLive } from '@/core/live'
import { useSession } from '@/core/session'
import { LIVE } from '@/features/case/api'
import { relayKeys } from './api'

export const EVERY = { every: 30_000 }

export function useRelayLive() {
  const cache = useQueryClient()
  const renew = () => void cache.invalidateQueries({ queryKey: relayKeys.all })
  if (useSession().can('approval.case.read')) useLive(LIVE, { on: { relay: renew, reset: renew }, after_gap: [relayKeys.all] })
  return renew
}
