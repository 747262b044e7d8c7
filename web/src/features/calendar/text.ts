import zh from '@/locales/zh-CN/calendar.json'
import { defineText } from '@/core/i18n'

export const t = defineText('calendar', zh, () => import('@/locales/en/calendar.json'))
