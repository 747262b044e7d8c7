import zh from '@/locales/zh-CN/penalty.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('penalty', zh, () => import('@/locales/en/penalty.json'))

/** The word for a value of the server; the value itself where a newer server knows more. */
export function word(list: 'state' | 'light' | 'party_kind' | 'done', value: string): string {
  return lookUp(`penalty.${list}.${value}`) ?? value
}
