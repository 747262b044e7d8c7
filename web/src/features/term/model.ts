/** Terms and the way to a due date, as the calendar engine gives them. */
import { date, weekday } from '@/core/format'
import { t } from './text'

export type TermUnit = 'on_the_spot' | 'minutes' | 'hours' | 'working_days' | 'natural_days' | 'months' | 'years'

export interface Term {
  length: number
  unit: TermUnit
}

export type StepKind =
  | 'start_rolled' | 'start_excluded' | 'start_moment' | 'extension' | 'same_day' | 'month_end'
  | 'working_days' | 'worked_rest_day' | 'natural_days' | 'office_time' | 'after_hours' | 'weekend'
  | 'holiday' | 'regional_holiday' | 'paused' | 'on_the_spot' | 'end_rolled' | 'due' | 'open_pause' | 'provisional'

export interface DerivationStep {
  kind: StepKind
  from: string
  to: string
  days: number
  counted: number
  lost: number
  running: number
  name?: string
}

export interface Derivation {
  term: Term
  total: number
  steps: DerivationStep[]
}

/** 5 个工作日 */
export function termText(term: Term): string {
  return t(`length.${term.unit}`, { n: term.length })
}

/** The derivation inside whatever was stored: the engine's answer may stand around it. */
export function derivationOf(stored: unknown): Derivation | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined
  const inner: unknown = 'derivation' in stored ? stored.derivation : stored
  const found = inner as Partial<Derivation> | null
  return found && Array.isArray(found.steps) && found.term ? (found as Derivation) : undefined
}

const POINTS = ['start_rolled', 'start_excluded', 'start_moment', 'extension', 'same_day', 'month_end', 'end_rolled', 'open_pause', 'provisional', 'due'] as const
type Point = (typeof POINTS)[number]
const isPoint = (kind: StepKind): kind is Point => (POINTS as readonly string[]).includes(kind)

const day = (iso: string) => t('on', { day: date(iso), weekday: weekday(iso) })

/** One line for people. */
export function lineOf(derivation: Derivation, step: DerivationStep): string {
  const { kind } = step
  const unit = countedUnit(derivation.term.unit)
  const reason = step.name ? t('reason', { name: step.name }) : ''
  if (isPoint(kind)) {
    const total = termText({ ...derivation.term, length: derivation.total })
    const term = termText({ ...derivation.term, length: step.days })
    return t(`point.${kind}`, { from: day(step.from), to: day(step.to), name: step.name ?? '', total, term, reason })
  }
  const span = step.from === step.to ? day(step.from) : t('span', { from: date(step.from), to: date(step.to) })
  const count = t('counted', { n: step.counted, running: step.running, unit })
  const words = { span, count, n: step.days, name: step.name ?? '', reason, unit }
  switch (kind) {
    case 'worked_rest_day':
      return t('run.worked', words)
    case 'after_hours':
      return t('run.after_hours', words)
    case 'weekend':
      return t('run.weekend', words)
    case 'holiday':
      return t('run.holiday', words)
    case 'regional_holiday':
      return t('run.regional', words)
    case 'paused':
      return step.lost > 0 ? t('run.paused', { ...words, n: step.lost }) : t('run.paused_none', words)
    case 'on_the_spot':
      return t('run.on_the_spot', words)
    default:
      return step.name ? t('run.timed', words) : t('run.plain', words)
  }
}

function countedUnit(unit: TermUnit): string {
  if (unit === 'working_days') return t('unit.working_days')
  return t(unit === 'minutes' || unit === 'hours' ? 'unit.minutes' : 'unit.days')
}
