import zh from '@/locales/zh-CN/delivery.json'
import { defineText } from '@/core/i18n'

export const t = defineText('delivery', zh, () => import('@/locales/en/delivery.json'))
