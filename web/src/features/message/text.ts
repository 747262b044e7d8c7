import zh from '@/locales/zh-CN/message.json'
import { defineText } from '@/core/i18n'

export const t = defineText('message', zh, () => import('@/locales/en/message.json'))
