import zh from '@/locales/zh-CN/opinion.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('opinion', zh, () => import('@/locales/en/opinion.json'))

/** The word for a value of a server list; the value itself where a newer server knows more. */
export function word(list: 'state' | 'stance', value: string): string {
  return lookUp(`opinion.${list}.${value}`) ?? value
}
