import zh from '@/locales/zh-CN/practice.json'
import { defineText } from '@/core/i18n'

export const t = defineText('practice', zh, () => import('@/locales/en/practice.json'))
