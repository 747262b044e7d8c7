/**
 * How dates, terms, money and numbers of persons are written: the only place. Instants are shown
 * in Asia/Shanghai whatever the reader's device says. The functions follow the current locale.
 */
import { serverNow } from './clock'
import { t } from './text'

const ZONE = 'Asia/Shanghai'
const PARTS = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

type Moment = { y: string; m2: string; d2: string; time: string; seconds: string }
type When = string | Date | null | undefined
type Weekday = 'format.weekday.0' | 'format.weekday.1' | 'format.weekday.2' | 'format.weekday.3' | 'format.weekday.4' | 'format.weekday.5' | 'format.weekday.6'

/** A calendar day stays what it is; an instant is moved to Shanghai. */
function parts(when: When): Moment | undefined {
  if (when === null || when === undefined || when === '') return undefined
  const day = typeof when === 'string' ? DAY.exec(when) : null
  if (day) return { y: day[1] ?? '', m2: day[2] ?? '', d2: day[3] ?? '', time: '', seconds: '' }
  const instant = typeof when === 'string' ? new Date(when) : when
  if (Number.isNaN(instant.getTime())) return undefined
  const found = new Map(PARTS.formatToParts(instant).map((part) => [part.type, part.value]))
  const of = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? ''
  const time = `${of('hour')}:${of('minute')}`
  return { y: of('year'), m2: of('month'), d2: of('day'), time, seconds: `${time}:${of('second')}` }
}

const plain = (digits: string) => String(Number(digits))

export function blank(): string {
  return t('format.blank')
}

/** The text itself, or 未填写 for nothing. */
export function orBlank(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? blank() : String(value)
}

/** 2026年11月22日: for citizens. */
export function dateLong(when: When): string {
  const p = parts(when)
  return p ? t('format.date_long', { y: p.y, m: plain(p.m2), d: plain(p.d2), m2: p.m2, d2: p.d2 }) : blank()
}

/** 2026年11月22日 09:44 */
export function dateTimeLong(when: When): string {
  const p = parts(when)
  if (!p) return blank()
  if (p.time === '') return dateLong(when)
  const { y, m2, d2, time } = p
  return t('format.date_time_long', { y, m: plain(m2), d: plain(d2), m2, d2, time })
}

/** 2026-11-22: for staff and tables. */
export function date(when: When): string {
  const p = parts(when)
  return p ? `${p.y}-${p.m2}-${p.d2}` : blank()
}

/** 2026-11-22 09:44 */
export function dateTime(when: When): string {
  const p = parts(when)
  return p ? `${p.y}-${p.m2}-${p.d2} ${p.time}`.trimEnd() : blank()
}

/** 11-22 09:44: where the year is plain from the context. */
export function dayTime(when: When): string {
  const p = parts(when)
  return p ? `${p.m2}-${p.d2} ${p.time}`.trimEnd() : blank()
}

/** 09:44 */
export function clockTime(when: When): string {
  return parts(when)?.time || blank()
}

export function weekday(when: When): string {
  const p = parts(when)
  if (!p) return ''
  const index = new Date(Date.UTC(Number(p.y), Number(p.m2) - 1, Number(p.d2))).getUTCDay()
  return t(`format.weekday.${index}` as Weekday)
}

/** Today in Shanghai as 2026-11-22. */
export function today(): string {
  return date(serverNow())
}

/** Working days that remain, as the server counted them; negative when overdue. */
export function remaining(workingDays: number | null | undefined): string {
  if (workingDays === null || workingDays === undefined) return blank()
  if (workingDays === 0) return t('format.due_today')
  return workingDays > 0 ? t('format.remaining', { n: workingDays }) : t('format.overdue', { n: -workingDays })
}

/** Fen → ¥1,234.50; integers all the way, no floating point. */
export function money(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return blank()
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}¥${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`
}

/** A decimal string of yuan, as forms keep it → ¥1,234.50. */
export function yuan(decimal: string | null | undefined): string {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(decimal ?? '')
  if (!match) return orBlank(decimal)
  return `${match[1] ?? ''}¥${grouped(match[2] ?? '')}.${(match[3] ?? '').padEnd(2, '0')}`
}

/** 12345 → 12,345 */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? blank() : grouped(String(value))
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** 4301**********0037. What the server has masked already stays as it is. */
export function maskedId(value: string | null | undefined): string {
  if (!value) return blank()
  if (value.includes('*') || value.length < 9) return value
  return value.slice(0, 4) + '*'.repeat(value.length - 8) + value.slice(-4)
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return t('format.bytes.b', { n: bytes })
  if (bytes < 1024 * 1024) return t('format.bytes.kb', { n: Math.round(bytes / 1024) })
  return t('format.bytes.mb', { n: (bytes / 1024 / 1024).toFixed(1).replace('.0', '') })
}
