import zh from '@/locales/zh-CN/wizard.json'
import { defineText } from '@/core/i18n'

/** Texts of filling in: not on the first page, so in a file of their own. */
export const t = defineText('wizard', zh, () => import('@/locales/en/wizard.json'))
