/** One answer: its shape, its normal form, its bounds; the twin of the engine's `value`. */
import { readDay, boundOn } from './day'
import { canonical, compare, padded, readDecimal, type Plain } from './decimal'
import {
  isRecord, LONG_TEXT_LENGTH, TEXT_LENGTH, type DateField, type Field, type MoneyField, type NumberField, type TextField,
} from './document'
import { attachment, dictionary, division } from './choice'
import type { Env } from './environment'
import { halfWidth, readCitizenId, readCreditCode, readMobile, readPhone, type Read } from './identity'
import { refuse, type Normalised, type Refusal } from './refusal'

const CODE_LENGTH = 64
const EMAIL_LENGTH = 254
const MOST_WHOLE_DIGITS = 18
const LOCAL = /^(?=.{1,64}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^(?=.{1,63}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/
// Control characters and the marks that reverse the reading direction; \n and \t are looked at apart.
const TREACHEROUS = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u

/** Whether this means "not answered". */
export function isBlank(field: Field, value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (field.kind !== 'division' || !isRecord(value)) return false
  const { code } = value
  return code === null || code === undefined || (typeof code === 'string' && code.trim() === '')
}

/** Normal form of an answer that is not blank. Repeat groups are walked by `validate`. */
export function normalise(field: Field, raw: unknown, env: Env): Normalised {
  switch (field.kind) {
    case 'text':
      return words(field, raw, TEXT_LENGTH)
    case 'long_text':
      return words(field, raw, LONG_TEXT_LENGTH)
    case 'number':
      return withCode(raw, (code) => number(field, code))
    case 'money':
      return withCode(raw, (code) => money(field, code))
    case 'date':
      return withCode(raw, (code) => date(field, code, env.today))
    case 'citizen_id':
      return withCode(raw, (code) => identity(readCitizenId(code, env.today)))
    case 'credit_code':
      return withCode(raw, (code) => identity(readCreditCode(code)))
    case 'phone':
      return withCode(raw, (code) => identity(field.landline ? readPhone(code) : readMobile(code)))
    case 'email':
      return email(raw)
    case 'dictionary':
      return dictionary(field, raw, env)
    case 'division':
      return division(field, raw, env)
    case 'attachment':
      return attachment(field, raw)
    default:
      return refuse('form.unsupported')
  }
}

/** A string of bounded length, trimmed; lengths count code points. */
export function boundedString(raw: unknown, longest: number): string | Refusal {
  if (typeof raw !== 'string') return refuse('form.type')
  const text = raw.trim()
  return [...text].length > longest ? refuse('form.too_long', { max: longest }) : text
}

function withCode(raw: unknown, read: (code: string) => Normalised): Normalised {
  const text = boundedString(raw, CODE_LENGTH)
  return typeof text === 'string' ? read(halfWidth(text).trim()) : text
}

function words(field: TextField, raw: unknown, longest: number): Normalised {
  const unified = typeof raw === 'string' ? raw.replace(/\r\n?/g, '\n') : raw
  const value = boundedString(unified, field.max_length ?? longest)
  if (typeof value !== 'string') return value
  if (TREACHEROUS.test(value) || (field.kind === 'text' && /[\n\t]/.test(value))) return refuse('form.control')
  if ([...value].length < (field.min_length ?? 0)) return refuse('form.too_short', { min: field.min_length ?? 0 })
  if (field.pattern !== undefined && !matches(field.pattern, value)) {
    return field.pattern_help
      ? refuse('form.pattern', { help: field.pattern_help, variant: 'described' })
      : refuse('form.pattern')
  }
  return { value }
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value)
  } catch {
    // Not for the applicant to mend: the server, which refuses such documents, decides.
    return true
  }
}

function decimal(text: string, scale: number): Plain | Refusal {
  const plain = readDecimal(text)
  if (!plain) return refuse('form.number')
  if (plain.whole.length > MOST_WHOLE_DIGITS) return refuse('form.too_many_digits', { max: MOST_WHOLE_DIGITS })
  if (plain.fraction.length > scale) return refuse(scale === 0 ? 'form.whole_number' : 'form.scale', { scale })
  return plain
}

function outside(plain: Plain, min: string | undefined, max: string | undefined): Refusal | undefined {
  const [low, high] = [readDecimal(min ?? ''), readDecimal(max ?? '')]
  if (low && compare(plain, low) < 0) return refuse('form.min', { min: min ?? '' })
  if (high && compare(plain, high) > 0) return refuse('form.max', { max: max ?? '' })
  return undefined
}

function number(field: NumberField, text: string): Normalised {
  const plain = decimal(text, field.scale ?? 0)
  if ('code' in plain) return plain
  return outside(plain, field.min, field.max) ?? { value: canonical(plain) }
}

function money(field: MoneyField, text: string): Normalised {
  const plain = decimal(text, 2)
  if ('code' in plain) return plain
  return outside(plain, field.min ?? '0', field.max) ?? { value: padded(plain, 2) }
}

function date(field: DateField, text: string, today: string): Normalised {
  const day = readDay(text)
  if (day === undefined) return refuse('form.date')
  const [min, max] = [boundOn(field.min, today), boundOn(field.max, today)]
  if (min !== undefined && day < min) return refuse('form.min', { min })
  if (max !== undefined && day > max) return refuse('form.max', { max })
  return { value: day }
}

function identity(read: Read): Normalised {
  return 'value' in read ? read : refuse(`form.${read.flaw}`)
}

function email(raw: unknown): Normalised {
  const entered = boundedString(raw, EMAIL_LENGTH)
  if (typeof entered !== 'string') return entered
  const address = halfWidth(entered)
  const at = address.indexOf('@')
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)]
  const labels = domain.split('.')
  const top = labels.at(-1) ?? ''
  const fits =
    at > 0 && LOCAL.test(local) && labels.length > 1 && labels.every((label) => LABEL.test(label)) &&
    top.length >= 2 && (top.startsWith('xn--') || !/[0-9]/.test(top))
  return fits ? { value: `${local}@${domain.toLowerCase()}` } : refuse('form.email')
}
