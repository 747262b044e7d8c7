import zh from '@/locales/zh-CN/appointment.json'
import { defineText } from '@/core/i18n'

export const t = defineText('appointment', zh, () => import('@/locales/en/appointment.json'))
