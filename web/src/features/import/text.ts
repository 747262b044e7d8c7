import zh from '@/locales/zh-CN/import.json'
import { defineText } from '@/core/i18n'

export const t = defineText('import', zh, () => import('@/locales/en/import.json'))
