/**
 * The end of somebody's time at the kiosk: the session on the server, what the browser remembers and
 * how the pages looked for him. The document itself is loaded anew (core/end).
 */
import { ref } from 'vue'
import { usePreferences } from '@/core/preferences'
import { useSession } from '@/core/session'
import { cardLies } from './reader'

const AGAIN_MS = 2_000

/** Nothing is shown meanwhile. */
export const wiping = ref(false)

/** What the one before left on the device. */
export async function forgetPerson(): Promise<void> {
  const preferences = usePreferences()
  cardLies.value = false
  preferences.elder = false
  preferences.contrast = false
  delete document.documentElement.dataset.reach
  if (preferences.locale !== 'zh-CN') await preferences.useLocale('zh-CN')
  try {
    sessionStorage.clear()
  } catch {
    // Storage may be forbidden; then there is nothing in it.
  }
}

/** Ends the session and begins anew. Where the server cannot be told, it is told again, behind a cover. */
export async function wipe(): Promise<void> {
  if (wiping.value) return
  wiping.value = true
  await forgetPerson()
  const session = useSession()
  for (;;) {
    try {
      await session.signOut('home')
      break
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
  wiping.value = false
}
