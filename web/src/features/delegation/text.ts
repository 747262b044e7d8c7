import zh from '@/locales/zh-CN/delegation.json'
import { defineText } from '@/core/i18n'

export const t = defineText('delegation', zh, () => import('@/locales/en/delegation.json'))
