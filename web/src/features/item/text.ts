import zh from '@/locales/zh-CN/item.json'
import { defineText } from '@/core/i18n'

export const t = defineText('item', zh, () => import('@/locales/en/item.json'))
