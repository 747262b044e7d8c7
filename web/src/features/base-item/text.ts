import zh from '@/locales/zh-CN/base-item.json'
import { defineText } from '@/core/i18n'

export const t = defineText('base_item', zh, () => import('@/locales/en/base-item.json'))
