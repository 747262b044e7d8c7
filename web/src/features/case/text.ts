import zh from '@/locales/zh-CN/case.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('case', zh, () => import('@/locales/en/case.json'))

/** The word for a value of a server list; the value itself where a newer server knows more. */
export function word(list: 'state' | 'command' | 'post' | 'channel' | 'clock' | 'result' | 'event' | 'way' | 'only' | 'divert.grounds' | 'delivery.relation' | 'delivery.document', value: string): string {
  return lookUp(`case.${list}.${value}`) ?? value
}
