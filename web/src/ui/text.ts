import zh from '@/locales/zh-CN/ui.json'
import { defineText } from '@/core/i18n'

export const t = defineText('ui', zh, () => import('@/locales/en/ui.json'))
