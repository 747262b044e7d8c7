import zh from '@/locales/zh-CN/saved-view.json'
import { defineText } from '@/core/i18n'

export const t = defineText('saved-view', zh, () => import('@/locales/en/saved-view.json'))
