import zh from '@/locales/zh-CN/kiosk.json'
import { defineText } from '@/core/i18n'

export const t = defineText('kiosk', zh, () => import('@/locales/en/kiosk.json'))
