import zh from '@/locales/zh-CN/commitment.json'
import { defineText } from '@/core/i18n'

export const t = defineText('commitment', zh, () => import('@/locales/en/commitment.json'))
