import zh from '@/locales/zh-CN/profile.json'
import { defineText } from '@/core/i18n'

export const t = defineText('profile', zh, () => import('@/locales/en/profile.json'))
