/** Asks before unsaved input is lost: inside the app through the router, outside through the browser. */
import { useEventListener } from '@vueuse/core'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { t } from './text'

let released = false

/** Lets go: the page begins anew for somebody else, who is not to be asked about what is not his. */
export function release(): void {
  released = true
}

/** `ask` shows the question; the browser's own by default. A page may pass its dialog. */
export function useLeaveGuard(
  unsaved: MaybeRefOrGetter<boolean>,
  ask: () => boolean | Promise<boolean> = () => window.confirm(t('leave')),
): void {
  onBeforeRouteLeave(() => (toValue(unsaved) && !released ? ask() : true))
  useEventListener(window, 'beforeunload', (event: BeforeUnloadEvent) => {
    if (toValue(unsaved) && !released) event.preventDefault()
  })
}
