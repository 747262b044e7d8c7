import zh from '@/locales/zh-CN/letter.json'
import { defineText } from '@/core/i18n'

export const t = defineText('letter', zh, () => import('@/locales/en/letter.json'))
