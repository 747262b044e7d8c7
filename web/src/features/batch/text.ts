import zh from '@/locales/zh-CN/batch.json'
import { defineText } from '@/core/i18n'

export const t = defineText('batch', zh, () => import('@/locales/en/batch.json'))
