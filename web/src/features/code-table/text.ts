import zh from '@/locales/zh-CN/code-table.json'
import { defineText } from '@/core/i18n'

export const t = defineText('code_table', zh, () => import('@/locales/en/code-table.json'))
