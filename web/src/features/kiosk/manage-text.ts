import zh from '@/locales/zh-CN/kiosk-manage.json'
import { defineText } from '@/core/i18n'

/** Texts for administrators, apart from what a kiosk itself loads. */
export const t = defineText('kiosk-manage', zh, () => import('@/locales/en/kiosk-manage.json'))
