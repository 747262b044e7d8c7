import zh from '@/locales/zh-CN/portal.json'
import { defineText } from '@/core/i18n'

export const t = defineText('portal', zh, () => import('@/locales/en/portal.json'))
