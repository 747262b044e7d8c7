import { useRoute } from 'vue-router'
import { usePreferences } from '@/core/preferences'
import { textsReady } from '@/core/i18n'

/** Chinese ⇄ English, the title of the page included. */
export function useLanguage(endTitle: () => string) {
  const preferences = usePreferences()
  const route = useRoute()

  async function toggle() {
    await preferences.useLocale(preferences.locale === 'en' ? 'zh-CN' : 'en')
    await textsReady()
    const title = route.meta.title?.()
    document.title = title ? `${title} - ${endTitle()}` : endTitle()
  }

  return { toggle }
}
