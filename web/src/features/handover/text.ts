import zh from '@/locales/zh-CN/handover.json'
import { defineText } from '@/core/i18n'

export const t = defineText('handover', zh, () => import('@/locales/en/handover.json'))
