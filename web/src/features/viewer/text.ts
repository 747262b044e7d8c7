import zh from '@/locales/zh-CN/viewer.json'
import { defineText } from '@/core/i18n'

export const t = defineText('viewer', zh, () => import('@/locales/en/viewer.json'))
