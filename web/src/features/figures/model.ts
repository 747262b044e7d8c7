/** 1.1%: with one decimal, since a share below one per cent must not read as none. */
export function share(part: number, whole: number): string | undefined {
  return whole > 0 ? `${(Math.round((part / whole) * 1000) / 10).toFixed(1)}%` : undefined
}
