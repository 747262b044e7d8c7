import zh from '@/locales/zh-CN/supervision.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('supervision', zh, () => import('@/locales/en/supervision.json'))

/** The word for a value of a server list; the value itself where a newer server knows more. */
export function word(list: 'level' | 'cause', value: string): string {
  return lookUp(`supervision.${list}.${value}`) ?? value
}
