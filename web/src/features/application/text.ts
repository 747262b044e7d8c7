import zh from '@/locales/zh-CN/application.json'
import { defineText } from '@/core/i18n'

export const t = defineText('application', zh, () => import('@/locales/en/application.json'))
