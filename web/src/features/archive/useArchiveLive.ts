/** Renews what is shown of the archive when a list goes on. */
import { useQueryClient } from '@tanstack/vue-query'
import { useLive } from '@/core/live'
import { LIVE } from '@/features/case/api'
import { archiveKeys } from './api'

export function useArchiveLive() {
  const cache = useQueryClient()
  const renew = () => void cache.invalidateQueries({ queryKey: archiveKeys.all })
  useLive(LIVE, { on: { archive: renew, reset: renew }, after_gap: [archiveKeys.all] })
  return renew
}
