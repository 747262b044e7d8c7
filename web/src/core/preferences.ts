/** How somebody wants the pages: larger, with more contrast, in which language. Kept on the device. */
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { LOCALES, setLocale, type Locale } from './i18n'

const STORAGE_KEY = 'tongban.preferences'

interface Stored {
  elder: boolean
  contrast: boolean
  locale: Locale
}

function read(): Stored {
  const fallback: Stored = { elder: false, contrast: false, locale: 'zh-CN' }
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}')
    const stored = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<Stored>
    return {
      elder: stored.elder === true,
      contrast: stored.contrast === true,
      locale: LOCALES.find((known) => known === stored.locale) ?? fallback.locale,
    }
  } catch {
    // Storage may be forbidden (private windows, kiosks): the defaults will do.
    return fallback
  }
}

export const usePreferences = defineStore('preferences', () => {
  const stored = read()
  const elder = ref(stored.elder)
  const contrast = ref(stored.contrast)
  const locale = ref<Locale>('zh-CN')

  function save() {
    try {
      localStorage.setItem(
        STORAGE_KEY,
        JSON.stringify({ elder: elder.value, contrast: contrast.value, locale: locale.value }),
      )
    } catch {
      // As above.
    }
  }

  watch(
    [elder, contrast],
    () => {
      const root = document.documentElement
      root.toggleAttribute('data-elder', elder.value)
      if (contrast.value) root.setAttribute('data-contrast', 'high')
      else root.removeAttribute('data-contrast')
      save()
    },
    { immediate: true, flush: 'sync' },
  )

  async function useLocale(next: Locale) {
    await setLocale(next)
    locale.value = next
    save()
  }

  /** Applies the stored language; the app waits for it before its first page. */
  const ready = stored.locale === 'zh-CN' ? Promise.resolve() : useLocale(stored.locale)

  return { elder, contrast, locale, useLocale, ready }
})
