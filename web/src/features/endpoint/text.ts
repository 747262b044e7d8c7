import zh from '@/locales/zh-CN/endpoint.json'
import { defineText } from '@/core/i18n'

export const t = defineText('endpoint', zh, () => import('@/locales/en/endpoint.json'))
