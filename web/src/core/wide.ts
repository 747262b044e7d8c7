/** Whether the window is as wide as a desk needs it, followed as it changes. */
import { onScopeDispose, readonly, ref } from 'vue'

/** From here on the filters of a list stand beside it; the same width as in the styles of the lists. */
const WIDE = '(min-width: 64.0625rem)'

export function useWide() {
  const media = globalThis.matchMedia?.(WIDE)
  const wide = ref(media?.matches ?? true)
  const follow = () => {
    wide.value = media?.matches ?? true
  }
  media?.addEventListener('change', follow)
  onScopeDispose(() => media?.removeEventListener('change', follow))
  return readonly(wide)
}
