/** Asks before unsaved input is lost: inside the app through the router, outside through the browser. */
import { useEventListener } from '@vueuse/core'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { t } from './text'

let released = false

/** Lets go: the page begins anew for somebody else, who is not to be asked about what is not his. */
export function release(): void {
  released = true
}

const ownQuestion = () => window.confirm(t('leave'))

/** `ask` shows the question; the browser's own by default. A page may pass its dialog. */
export function useLeaveGuard(unsaved: MaybeRefOrGetter<boolean>, ask: () => boolean | Promise<boolean> = ownQuestion): void {
  onBeforeRouteLeave(() => (toValue(unsaved) && !released ? ask() : true))
  useEventListener(window, 'beforeunload', (event: BeforeUnloadEvent) => {
    if (toValue(unsaved) && !released) event.preventDefault()
  })
}

/** The same where another address of the page shows another thing in the place of what is edited. */
export function useSwitchGuard(unsaved: MaybeRefOrGetter<boolean>): void {
  useLeaveGuard(unsaved)
  onBeforeRouteUpdate(() => (toValue(unsaved) && !released ? ownQuestion() : true))
}
