import zh from '@/locales/zh-CN/channel.json'
import { defineText } from '@/core/i18n'

export const t = defineText('channel', zh, () => import('@/locales/en/channel.json'))
