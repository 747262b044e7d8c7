import zh from '@/locales/zh-CN/site.json'
import { defineText } from '@/core/i18n'

export const t = defineText('site', zh, () => import('@/locales/en/site.json'))
