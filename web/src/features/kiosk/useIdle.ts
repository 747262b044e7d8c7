/**
 * Nobody at the kiosk: whoever has signed in is warned after a minute and counted out in 20 seconds,
 * which only his word stops; else the page is left after ten seconds, counted for the last five,
 * which any touch stops.
 */
import { useEventListener, useIntervalFn } from '@vueuse/core'
import { computed, ref } from 'vue'

export const SIGNED_IN = { rest: 60, count: 20 } as const
export const NOBODY = { rest: 5, count: 5 } as const
const SIGNS = ['pointerdown', 'keydown', 'input', 'wheel', 'touchstart', 'scroll'] as const

export function useIdle(options: { signedIn: () => boolean; atStart: () => boolean; onOver: () => void }) {
  const last = ref(Date.now())
  const now = ref(Date.now())
  const term = computed(() => (options.signedIn() ? SIGNED_IN : NOBODY))
  /** Seconds since the last touch. Below zero where the computer's clock was put back. */
  const idle = computed(() => Math.max(0, Math.floor((now.value - last.value) / 1000)))
  const counting = computed(() => idle.value >= term.value.rest && (options.signedIn() || !options.atStart()))
  const left = computed(() => (counting.value ? Math.max(0, term.value.rest + term.value.count - idle.value) : undefined))

  function stay() {
    last.value = Date.now()
    now.value = last.value
  }

  for (const sign of SIGNS) {
    useEventListener(window, sign, () => {
      if (!(counting.value && options.signedIn())) stay()
    }, { capture: true, passive: true })
  }
  useIntervalFn(() => {
    now.value = Date.now()
    if (left.value === 0) {
      stay()
      options.onOver()
    }
  }, 250)

  return { left, idle, stay }
}
