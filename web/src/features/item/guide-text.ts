import zh from '@/locales/zh-CN/guide.json'
import { defineText } from '@/core/i18n'

/** Texts of the guide and the situation questions: not on the first page, so in a file of their own. */
export const t = defineText('guide', zh, () => import('@/locales/en/guide.json'))
