import zh from '@/locales/zh-CN/admin.json'
import { defineText } from '@/core/i18n'

export const t = defineText('admin', zh, () => import('@/locales/en/admin.json'))
