import zh from '@/locales/zh-CN/archive.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('archive', zh, () => import('@/locales/en/archive.json'))

/** 行政许可 for 01; the code itself where a newer server knows more. */
export const typeName = (code: string): string => lookUp(`archive.type.${code}`) ?? code
