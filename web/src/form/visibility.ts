/** Which fields are shown: conditions over the answers given so far, as the engine reads them. */
import { compare, readDecimal } from './decimal'
import { isRecord, type Condition, type Field } from './document'

type Standing = { is: 'hidden' } | { is: 'open' } | { is: 'given'; values: string[] } | { is: 'number'; value: string }

export class Scope {
  private readonly passed = new Map<string, Standing>()
  private readonly outer: Scope | undefined

  constructor(outer?: Scope) {
    this.outer = outer
  }

  pass(key: string, standing: Standing): void {
    this.passed.set(key, standing)
  }

  private find(key: string): Standing | undefined {
    return this.passed.get(key) ?? this.outer?.find(key)
  }

  /** A condition on a field that is hidden or not there is false. */
  shows(condition: Condition | undefined): boolean {
    if (!condition) return true
    const standing = this.find(condition.field)
    const wantsMatch = condition.op !== 'not_equals'
    const wanted = condition.op === 'in' ? condition.values : [condition.value]
    if (standing === undefined || standing.is === 'hidden') return false
    if (standing.is === 'open') return !wantsMatch
    if (standing.is === 'given') return wantsMatch === standing.values.some((value) => wanted.includes(value))
    return wantsMatch === wanted.some((value) => sameNumber(value, standing.value))
  }
}

function sameNumber(a: string, b: string): boolean {
  const [x, y] = [readDecimal(a), readDecimal(b)]
  return x !== undefined && y !== undefined && compare(x, y) === 0
}

/** What later conditions see of a field; `kept` is its normal form where it has one. */
export function standingOf(field: Field, kept: unknown, shown: boolean): Standing {
  if (!shown) return { is: 'hidden' }
  if (typeof kept === 'string') {
    const decimal = field.kind === 'number' || field.kind === 'money'
    return decimal ? { is: 'number', value: kept } : { is: 'given', values: [kept] }
  }
  if (field.kind === 'dictionary' && Array.isArray(kept)) {
    return { is: 'given', values: kept.filter((value): value is string => typeof value === 'string') }
  }
  if (field.kind === 'division' && isRecord(kept) && typeof kept.code === 'string') {
    return { is: 'given', values: [kept.code] }
  }
  return { is: 'open' }
}
