/** The kinds of permits (许可类别): the register's own words, so the value is what the server keeps. */
import zh from '@/locales/zh-CN/insight.json'
import { t } from './text'

const KINDS = ['ordinary', 'concession', 'recognition', 'verification', 'registration', 'other'] as const

export const kinds = () => KINDS.map((one) => ({ value: zh.permit.kind[one], label: t(`permit.kind.${one}`) }))
