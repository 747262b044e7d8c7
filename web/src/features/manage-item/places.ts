/** Places and values of an item in words: for comparisons and summaries of faults. */
import { isRecord, stepsOf, type Answers } from '@/form/document'
import { GROUPS, type Spec } from './specs'
import { t } from './text'

/** `/materials/0/name` → 材料 1 › 材料名称. What has no name stays as it is. */
export function placeName(path: string): string {
  let specs: readonly Spec[] = GROUPS.flatMap((group) => group.specs)
  const words: string[] = []
  for (const step of stepsOf(path)) {
    const spec = specs.find((one) => one.key === step)
    if (spec) {
      words.push(t(`field.${spec.name}`))
      specs = inside(spec)
    } else if (/^\d+$/.test(step) && words.length > 0) {
      words.push(`${words.pop() ?? ''} ${Number(step) + 1}`)
    } else {
      words.push(step)
    }
  }
  return words.join(' › ')
}

function inside(spec: Spec): readonly Spec[] {
  if (spec.kind !== 'rows' && spec.kind !== 'record') return []
  const blank: Answers = spec.blank()
  return spec.fields(blank)
}

/** A value as a reader can compare it: one line for each part. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return t('compare.nothing')
  if (Array.isArray(value)) return value.map(valueText).join('\n')
  if (isRecord(value)) {
    if (typeof value.length === 'number' && typeof value.unit === 'string') return `${value.length} ${t(`unit.${value.unit}` as 'unit.working_days')}`
    return Object.entries(value).map(([key, part]) => `${nameOf(key)}: ${valueText(part)}`).join('\n')
  }
  return String(value)
}

const NAMES = new Map(GROUPS.flatMap((group) => group.specs.flatMap((spec) => [spec, ...inside(spec)])).map((spec) => [spec.key, spec.name]))

function nameOf(key: string): string {
  const name = NAMES.get(key)
  return name ? t(`field.${name}`) : key
}
