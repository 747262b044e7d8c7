import zh from '@/locales/zh-CN/figures.json'
import { defineText } from '@/core/i18n'

export const t = defineText('figures', zh, () => import('@/locales/en/figures.json'))
