import zh from '@/locales/zh-CN/department.json'
import { defineText } from '@/core/i18n'

export const t = defineText('department', zh, () => import('@/locales/en/department.json'))
