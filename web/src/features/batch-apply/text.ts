import zh from '@/locales/zh-CN/batch-apply.json'
import { defineText } from '@/core/i18n'

export const t = defineText('batch-apply', zh, () => import('@/locales/en/batch-apply.json'))
