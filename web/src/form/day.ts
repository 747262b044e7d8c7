/** Days and their bounds: `2020-01-31`, `today`, `today-30`, `today+7`. */

const DAY_MS = 86_400_000
const FARTHEST_DAYS = 73_050

/** Strictly `YYYY-MM-DD`, years 1800 to 2200; returned as it came. */
export function readDay(text: string): string | undefined {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real && year >= 1800 && year <= 2200 ? text : undefined
}

/** The day a bound means when today is `today`; days compare as strings. */
export function boundOn(bound: string | undefined, today: string): string | undefined {
  if (bound === undefined) return undefined
  const match = /^today(?:([+-][0-9]+))?$/.exec(bound)
  if (!match) return readDay(bound)
  const days = Number(match[1] ?? '0')
  if (Math.abs(days) > FARTHEST_DAYS) return undefined
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
