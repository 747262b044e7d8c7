import zh from '@/locales/zh-CN/hearing.json'
import { defineText } from '@/core/i18n'

export const t = defineText('hearing', zh, () => import('@/locales/en/hearing.json'))
