import zh from '@/locales/zh-CN/shell.json'
import { defineText } from '@/core/i18n'

export const t = defineText('shell', zh, () => import('@/locales/en/shell.json'))
