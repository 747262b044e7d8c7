import zh from '@/locales/zh-CN/counter.json'
import { defineText } from '@/core/i18n'

export const t = defineText('counter', zh, () => import('@/locales/en/counter.json'))
