import zh from '@/locales/zh-CN/progress.json'
import { defineText } from '@/core/i18n'

export const t = defineText('progress', zh, () => import('@/locales/en/progress.json'))
