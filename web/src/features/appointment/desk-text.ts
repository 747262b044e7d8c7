import zh from '@/locales/zh-CN/visit-desk.json'
import { defineText } from '@/core/i18n'

/** Texts that staff reads. */
export const t = defineText('visit-desk', zh, () => import('@/locales/en/visit-desk.json'))
