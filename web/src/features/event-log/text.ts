import zh from '@/locales/zh-CN/event-log.json'
import { defineText } from '@/core/i18n'

export const t = defineText('event_log', zh, () => import('@/locales/en/event-log.json'))
