import zh from '@/locales/zh-CN/signing.json'
import { defineText } from '@/core/i18n'

export const t = defineText('signing', zh, () => import('@/locales/en/signing.json'))
