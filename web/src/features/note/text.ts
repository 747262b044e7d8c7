import zh from '@/locales/zh-CN/note.json'
import { defineText } from '@/core/i18n'

export const t = defineText('note', zh, () => import('@/locales/en/note.json'))
