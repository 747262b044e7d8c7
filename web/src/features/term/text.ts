import zh from '@/locales/zh-CN/term.json'
import { defineText } from '@/core/i18n'

export const t = defineText('term', zh, () => import('@/locales/en/term.json'))
