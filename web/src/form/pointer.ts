/** Whether a pointer is pressed: what would move the page under it waits until it is let go. */

let pressed = false
if (typeof window !== 'undefined') {
  const mark = (now: boolean) => () => void (pressed = now)
  window.addEventListener('pointerdown', mark(true), { capture: true })
  for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, mark(false), { capture: true })
}

/** At once; while a pointer is pressed, behind the click that it becomes: a line that appears would carry a button away from under it. */
export function whenReleased(act: () => void) {
  if (!pressed) return act()
  const later = () => setTimeout(act)
  window.addEventListener('pointerup', later, { once: true })
}
