import zh from '@/locales/zh-CN/assist.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('assist', zh, () => import('@/locales/en/assist.json'))

/** The word for a value of the server; the value itself where a newer server knows more. */
export function word(list: 'place' | 'ground' | 'state' | 'outcome' | 'may' | 'note', value: string): string {
  return lookUp(`assist.${list}.${value}`) ?? value
}
