import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { setLocale } from './i18n'
import { usePreferences } from './preferences'
import { t } from './text'

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => setLocale('zh-CN'))

it('marks the page, remembers on the device and fetches English when asked', async () => {
  const preferences = usePreferences()
  preferences.elder = true
  preferences.contrast = true
  await preferences.useLocale('en')
  const root = document.documentElement
  expect([root.hasAttribute('data-elder'), root.dataset.contrast, root.lang]).toEqual([true, 'high', 'en'])
  expect(t('format.blank')).toBe('Not provided')

  setActivePinia(createPinia())
  await setLocale('zh-CN')
  const again = usePreferences()
  await again.ready
  expect([again.elder, again.contrast, again.locale]).toEqual([true, true, 'en'])
})

it.each(['not json', '[]', 'null', '{"locale":"xx","elder":"yes"}'])('survives %s in the storage', (stored) => {
  localStorage.setItem('tongban.preferences', stored)
  const preferences = usePreferences()
  expect([preferences.elder, preferences.contrast, preferences.locale]).toEqual([false, false, 'zh-CN'])
})
