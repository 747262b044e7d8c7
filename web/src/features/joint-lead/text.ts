import zh from '@/locales/zh-CN/joint-lead.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('joint-lead', zh, () => import('@/locales/en/joint-lead.json'))

/** The word for a value of a server list; the value itself where a newer server knows more. */
export function word(list: 'state' | 'verdict' | 'refusal', value: string): string {
  return lookUp(`joint-lead.${list}.${value}`) ?? value
}
