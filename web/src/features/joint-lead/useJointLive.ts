/** Parts come and go while the page is open. */
import { useQueryClient } from '@tanstack/vue-query'
import { useLive } from '@/core/live'
import { LIVE } from '@/features/case/api'
import { jointKeys } from './api'

export function useJointLive() {
  const cache = useQueryClient()
  const renew = () => void cache.invalidateQueries({ queryKey: jointKeys.all })
  useLive(LIVE, { on: { joint: renew, reset: renew }, after_gap: [jointKeys.all] })
  return renew
}
