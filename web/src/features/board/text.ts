import zh from '@/locales/zh-CN/board.json'
import { defineText } from '@/core/i18n'

export const t = defineText('board', zh, () => import('@/locales/en/board.json'))
