import zh from '@/locales/zh-CN/insight.json'
import { defineText, lookUp } from '@/core/i18n'

export const t = defineText('insight', zh, () => import('@/locales/en/insight.json'))

/** The word for a state; the value itself where a newer server knows more. */
export function stateWord(value: string): string {
  return lookUp(`insight.state.${value}`) ?? value
}
