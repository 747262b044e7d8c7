/**
 * Entries of a menu. One is shown only where its page exists in this end and the account may see
 * it: no dead links, menus by right.
 */
import { computed, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'
import { useSession } from '@/core/session'
import type { IconName } from '@/ui/icons'

export interface NavEntry {
  /** Name of the route. */
  name: string
  title: () => string
  icon?: IconName
  /** Folded away where there is no room for all. */
  rare?: boolean
  /** Number beside the title (to-do). */
  count?: () => number | undefined
}

export function useNav(entries: readonly NavEntry[]): ComputedRef<NavEntry[]> {
  const router = useRouter()
  const session = useSession()
  return computed(() =>
    entries.filter((entry) => {
      if (!router.hasRoute(entry.name)) return false
      const { permission } = router.resolve({ name: entry.name }).meta
      return permission === undefined || session.can(permission)
    }),
  )
}
