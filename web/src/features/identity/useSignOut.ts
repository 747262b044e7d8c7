/** Signing out by a button. Where the server could not be told, the page stays and says so. */
import { computed } from 'vue'
import { useAction } from '@/core/http'
import { useSession } from '@/core/session'
import { t } from './text'

export function useSignOut(page?: 'login') {
  const session = useSession()
  const { run, busy, problem } = useAction(() => session.signOut(page))
  return { signOut: () => run(), leaving: busy, failed: computed(() => (problem.value ? t('logout_failed') : undefined)) }
}
