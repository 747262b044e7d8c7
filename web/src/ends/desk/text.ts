import zh from '@/locales/zh-CN/desk.json'
import { defineText } from '@/core/i18n'

export const t = defineText('desk', zh, () => import('@/locales/en/desk.json'))
