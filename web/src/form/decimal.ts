/** Decimals as strings, read and compared exactly as crates/engines/forms does; never as numbers. */

export interface Plain {
  negative: boolean
  whole: string
  /** Without trailing zeros. */
  fraction: string
}

export function readDecimal(text: string): Plain | undefined {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text)
  if (!match) return undefined
  const whole = (match[2] ?? '').replace(/^0+/, '') || '0'
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  const zero = whole === '0' && fraction === ''
  return { negative: match[1] === '-' && !zero, whole, fraction }
}

export function padded(plain: Plain, digits: number): string {
  const fraction = plain.fraction.padEnd(digits, '0')
  return `${plain.negative ? '-' : ''}${plain.whole}${fraction === '' ? '' : '.'}${fraction}`
}

export function canonical(plain: Plain): string {
  return padded(plain, 0)
}

/** Below zero, zero or above zero, as a is less than, equal to or greater than b. */
export function compare(a: Plain, b: Plain): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  const size = a.whole.length - b.whole.length || order(a.whole, b.whole) || order(...aligned(a.fraction, b.fraction))
  return a.negative ? -size : size
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function aligned(a: string, b: string): [string, string] {
  const length = Math.max(a.length, b.length)
  return [a.padEnd(length, '0'), b.padEnd(length, '0')]
}
