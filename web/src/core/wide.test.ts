import { afterEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useWide } from './wide'

afterEach(() => vi.unstubAllGlobals())

it('follows the window until whoever asked is gone', () => {
  const media = Object.assign(new EventTarget(), { matches: false })
  vi.stubGlobal('matchMedia', () => media)
  const scope = effectScope()
  const wide = scope.run(() => useWide())
  expect(wide?.value).toBe(false)
  const turn = (matches: boolean) => {
    media.matches = matches
    media.dispatchEvent(new Event('change'))
  }
  turn(true)
  expect(wide?.value).toBe(true)
  scope.stop()
  turn(false)
  expect(wide?.value).toBe(true)
})
