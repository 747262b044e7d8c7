import zh from '@/locales/zh-CN/fee.json'
import { defineText } from '@/core/i18n'

export const t = defineText('fee', zh, () => import('@/locales/en/fee.json'))
