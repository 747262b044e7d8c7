import zh from '@/locales/zh-CN/relay.json'
import { defineText } from '@/core/i18n'

export const t = defineText('relay', zh, () => import('@/locales/en/relay.json'))
