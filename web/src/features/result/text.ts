import zh from '@/locales/zh-CN/result.json'
import { defineText } from '@/core/i18n'

export const t = defineText('result', zh, () => import('@/locales/en/result.json'))
