import zh from '@/locales/zh-CN/rates.json'
import { defineText } from '@/core/i18n'

export const t = defineText('rates', zh, () => import('@/locales/en/rates.json'))
