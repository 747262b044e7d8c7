import zh from '@/locales/zh-CN/exchange.json'
import { defineText } from '@/core/i18n'

export const t = defineText('exchange', zh, () => import('@/locales/en/exchange.json'))
