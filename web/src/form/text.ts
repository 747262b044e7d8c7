import zh from '@/locales/zh-CN/form.json'
import { defineText } from '@/core/i18n'

export const t = defineText('form', zh, () => import('@/locales/en/form.json'))
