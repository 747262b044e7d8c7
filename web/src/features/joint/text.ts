import zh from '@/locales/zh-CN/joint.json'
import { defineText } from '@/core/i18n'

export const t = defineText('joint', zh, () => import('@/locales/en/joint.json'))
