/** Office minutes and shares as people read them. */

/** 09:00–12:00 and 13:30–17:00. */
const DAY = 390

/** Working days with one decimal; nothing where nothing was counted. */
export function days(minutes: number | null | undefined): string | undefined {
  return minutes === null || minutes === undefined ? undefined : (Math.round((minutes / DAY) * 10) / 10).toFixed(1)
}

/** 98.7%; nothing where nothing was counted. */
export function percent(mille: number | null | undefined): string | undefined {
  return mille === null || mille === undefined ? undefined : `${(mille / 10).toFixed(1)}%`
}

/** First day of a named period that ends today. */
export function firstDay(period: 'month' | 'quarter' | 'year', today: string): string {
  const [year = '', month = '01'] = today.split('-')
  if (period === 'year') return `${year}-01-01`
  if (period === 'month') return `${year}-${month}-01`
  const first = Math.floor((Number(month) - 1) / 3) * 3 + 1
  return `${year}-${String(first).padStart(2, '0')}-01`
}

/** A line through values within a box, for a chart drawn by hand. */
export function line(values: readonly number[], most: number, width: number, height: number): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0
  return values.map((value, at) => `${(at * step).toFixed(1)},${(height - (value / Math.max(1, most)) * height).toFixed(1)}`).join(' ')
}
