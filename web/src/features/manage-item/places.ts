/** Places and values of an item in words: for comparisons and summaries of faults. */
import { isRecord, stepsOf, type Answers } from '@/form/document'
import { choicesOf, GROUPS, type Spec } from './specs'
import { t } from './text'

const ALL: readonly Spec[] = GROUPS.flatMap((group) => group.specs)

/** `/materials/0/name` → 材料 1 › 材料名称. What has no name stays as it is. */
export function placeName(path: string): string {
  let specs = ALL
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

/** What is known of a place. The same key is another thing elsewhere. */
function specOf(path: string): Spec | undefined {
  let specs = ALL
  let found: Spec | undefined
  for (const step of stepsOf(path)) {
    if (/^\d+$/.test(step)) continue
    found = specs.find((one) => one.key === step)
    specs = found ? inside(found) : []
  }
  return found
}

/** What is known of the parts of a place. */
export function partsOf(path: string): readonly Spec[] {
  const found = specOf(path)
  return found ? inside(found) : path === '' ? ALL : []
}

/** A value at a place: choices by their names. */
export function valueAtText(path: string, value: unknown): string {
  const spec = specOf(path)
  return (spec ? chosenText(value, spec) : valueText(value)) || t('compare.nothing')
}

function chosenText(value: unknown, spec: Spec): string {
  if (spec.kind === 'flag' && typeof value === 'boolean') return t(value ? 'compare.yes' : 'compare.no')
  if (spec.kind === 'licences') return licenceNames(value)
  if (spec.kind !== 'choice' && spec.kind !== 'choices') return valueText(value, inside(spec))
  if (Array.isArray(value)) return value.map((one) => chosenText(one, spec)).join('\n')
  const option = typeof value === 'string' || typeof value === 'number' ? choicesOf(spec.choices).find((one) => one.value === String(value)) : undefined
  return option?.label ?? valueText(value)
}

/** Licences by their names; before an item is published a code may be all that there is. */
function licenceNames(value: unknown): string {
  const named = (Array.isArray(value) ? value : [value]).filter(isRecord)
  return named.map((one) => String(one.name || one.code)).join('\n') || valueText(value)
}

/** A value as a reader can compare it: one line for each part. */
export function valueText(value: unknown, parts: readonly Spec[] = []): string {
  if (value === null || value === undefined) return t('compare.nothing')
  if (Array.isArray(value)) return value.map((one) => valueText(one, parts)).join('\n')
  if (isRecord(value)) {
    if (typeof value.sum === 'string') return String(value.name)
    if (typeof value.length === 'number' && typeof value.unit === 'string') return `${value.length} ${t(`unit.${value.unit}` as 'unit.working_days')}`
    return Object.entries(value).map(([key, part]) => lineOf(key, part, parts)).join('\n')
  }
  return String(value)
}

function lineOf(key: string, value: unknown, parts: readonly Spec[]): string {
  const spec = parts.find((one) => one.key === key)
  return `${spec ? t(`field.${spec.name}`) : nameOf(key)}: ${spec ? chosenText(value, spec) : valueText(value)}`
}

const NAMES = new Map(ALL.flatMap((spec) => [spec, ...inside(spec)]).map((spec) => [spec.key, spec.name]))

function nameOf(key: string): string {
  const name = NAMES.get(key)
  return name ? t(`field.${name}`) : key
}
