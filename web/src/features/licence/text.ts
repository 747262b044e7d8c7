import zh from '@/locales/zh-CN/licence.json'
import { defineText } from '@/core/i18n'

export const t = defineText('licence', zh, () => import('@/locales/en/licence.json'))
