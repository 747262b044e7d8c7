/** What happy-dom lacks and the pages use. */
import { config } from '@vue/test-utils'
import { beforeEach } from 'vitest'

config.global.stubs = { teleport: true }

beforeEach(() => {
  localStorage.clear()
  document.documentElement.removeAttribute('data-elder')
  document.documentElement.removeAttribute('data-contrast')
})
