import zh from '@/locales/zh-CN/sms.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('sms', zh, () => import('@/locales/en/sms.json'))

/** The word for a value of the server; the value itself where a newer server knows more. */
export function word(list: 'kind' | 'state' | 'reason', value: string): string {
  return lookUp(`sms.${list}.${value}`) ?? value
}
