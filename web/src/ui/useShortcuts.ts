/**
 * Keyboard shortcuts of a page: `useShortcuts([{ keys: '/', title: …, run }])`. Single letters are
 * ignored while somebody types or a dialog is open; chords (`ctrl+enter`, `alt+1`) are not ignored
 * in fields. What is registered last wins, so a layer on top shadows the page below.
 */
import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, shallowReactive } from 'vue'

export interface Shortcut {
  keys: string
  title: string
  run: () => void
}

const active = shallowReactive<Shortcut[]>([])

/** All that work right now, for the help. */
export const shortcuts = computed(() => [...active])

function chordOf(event: KeyboardEvent): string {
  const parts = [event.ctrlKey || event.metaKey ? 'ctrl' : '', event.altKey ? 'alt' : '']
  // With Alt some keyboards write another character; the code names the key itself.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1]
  const key = event.altKey && digit !== undefined ? digit : event.key.toLowerCase()
  return [...parts.filter(Boolean), key].join('+')
}

function typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}

/** One listener for the window; the app's shell installs it. */
export function useShortcutListener(): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return
    const chord = chordOf(event)
    const single = !chord.includes('+') || chord === '+'
    if (single && (typing(event.target) || document.querySelector('dialog[open]'))) return
    const found = active.findLast((shortcut) => shortcut.keys === chord)
    if (!found) return
    event.preventDefault()
    found.run()
  })
}

export function useShortcuts(list: readonly Shortcut[]): void {
  active.push(...list)
  onScopeDispose(() => {
    for (const shortcut of list) active.splice(active.indexOf(shortcut), 1)
  })
}
