import zh from '@/locales/zh-CN/hot.json'
import { defineText } from '@/core/i18n'

export const t = defineText('hot', zh, () => import('@/locales/en/hot.json'))
