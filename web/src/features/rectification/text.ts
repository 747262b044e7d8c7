import zh from '@/locales/zh-CN/rectification.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('rectification', zh, () => import('@/locales/en/rectification.json'))

/** The word for a value of a server list; the value itself where a newer server knows more. */
export function word(list: 'state' | 'level' | 'channel' | 'event' | 'way' | 'ground' | 'escalated' | 'outcome', value: string | number): string {
  return lookUp(`rectification.${list}.${value}`) ?? String(value)
}
