import zh from '@/locales/zh-CN/audit.json'
import { defineText } from '@/core/i18n'

export const t = defineText('audit', zh, () => import('@/locales/en/audit.json'))
