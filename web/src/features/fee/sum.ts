/** Sums between fen and what people write; never a floating number. */

/** What somebody wrote in yuan, as fen; nothing where it is no sum above zero. */
export function fenOf(text: string): number | undefined {
  const found = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!found) return undefined
  const fen = Number(`${found[1]}${(found[2] ?? '').padEnd(2, '0')}`)
  return fen > 0 ? fen : undefined
}

/** Fen as somebody would write them in yuan. */
export function yuanOf(fen: number): string {
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** How many, as a whole number from 1. */
export function countOf(text: string): number | undefined {
  return /^[1-9]\d{0,4}$/.test(text.trim()) ? Number(text.trim()) : undefined
}
