/** The server's time, second by second, while the page is there. */
import { onScopeDispose, ref } from 'vue'
import { serverNow } from '@/core/clock'

export function useNow() {
  const now = ref(serverNow())
  const timer = setInterval(() => (now.value = serverNow()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
