import zh from '@/locales/zh-CN/manage-item.json'
import { defineText } from '@/core/i18n'

export const t = defineText('manage_item', zh, () => import('@/locales/en/manage-item.json'))
