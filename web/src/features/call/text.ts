import zh from '@/locales/zh-CN/call.json'
import { defineText } from '@/core/i18n'

export const t = defineText('call', zh, () => import('@/locales/en/call.json'))
