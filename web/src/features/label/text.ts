import zh from '@/locales/zh-CN/label.json'
import { defineText } from '@/core/i18n'

export const t = defineText('label', zh, () => import('@/locales/en/label.json'))
