import zh from '@/locales/zh-CN/identity.json'
import { defineText } from '@/core/i18n'

export const t = defineText('identity', zh, () => import('@/locales/en/identity.json'))
