import zh from '@/locales/zh-CN/synonym.json'
import { defineText } from '@/core/i18n'

export const t = defineText('synonym', zh, () => import('@/locales/en/synonym.json'))
