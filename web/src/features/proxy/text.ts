import zh from '@/locales/zh-CN/proxy.json'
import { defineText } from '@/core/i18n'

export const t = defineText('proxy', zh, () => import('@/locales/en/proxy.json'))
