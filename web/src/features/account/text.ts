import zh from '@/locales/zh-CN/account.json'
import { defineText } from '@/core/i18n'

export const t = defineText('account', zh, () => import('@/locales/en/account.json'))
