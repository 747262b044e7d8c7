/**
 * Whether somebody is at the page. Polls, live events and retries go on without him: what is sent
 * while he is away says so, and does not keep his session alive.
 */

/** What he set going may still be loading for a while after his last touch. */
const HERE_MS = 30_000
const SIGNS = ['pointerdown', 'keydown', 'input', 'wheel', 'touchstart'] as const

/** Opening a page is somebody's doing. */
let last = Date.now()

export function noteSign(): void {
  last = Date.now()
}

export function isSomebodyHere(): boolean {
  const since = Date.now() - last
  // Below zero where the computer's clock was put back.
  return since >= 0 && since <= HERE_MS
}

for (const sign of SIGNS) window.addEventListener(sign, noteSign, { capture: true, passive: true })
