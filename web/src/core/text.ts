import zh from '@/locales/zh-CN/core.json'
import { defineText } from './i18n'

/** Texts of formats, errors and the banners that every end shows. */
export const t = defineText('core', zh, () => import('@/locales/en/core.json'))
