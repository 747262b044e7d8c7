/** Asks before unsaved input is lost: inside the app through the router, outside through the browser. */
import { useEventListener } from '@vueuse/core'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { t } from './text'

/** `ask` shows the question; the browser's own by default. A page may pass its dialog. */
export function useLeaveGuard(
  unsaved: MaybeRefOrGetter<boolean>,
  ask: () => boolean | Promise<boolean> = () => window.confirm(t('leave')),
): void {
  onBeforeRouteLeave(() => (toValue(unsaved) ? ask() : true))
  useEventListener(window, 'beforeunload', (event: BeforeUnloadEvent) => {
    if (toValue(unsaved)) event.preventDefault()
  })
}
