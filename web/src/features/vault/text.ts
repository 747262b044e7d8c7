import zh from '@/locales/zh-CN/vault.json'
import { defineText } from '@/core/i18n'

export const t = defineText('vault', zh, () => import('@/locales/en/vault.json'))
