/**
 * Citizen ids (GB 11643), credit codes (GB 32100 with GB 11714 inside) and telephone numbers, as
 * the kernel reads them; held to the same answers by identity_vectors.json.
 */

export type Flaw = 'length' | 'characters' | 'date' | 'future_date' | 'checksum' | 'organisation_code' | 'range'
export type Read = { value: string } | { flaw: Flaw }

const LONGEST_BYTES = 64
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'
const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

const encoder = new TextEncoder()
const tooLong = (input: string) => encoder.encode(input).length > LONGEST_BYTES
const weighted = (values: readonly number[], weights: readonly number[]) =>
  weights.reduce((sum, weight, at) => sum + weight * (values[at] ?? 0), 0)

/** Full-width letters, digits and signs and the ideographic blank as ASCII. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/\u3000/g, ' ')
}

const asciiUpper = (text: string) => text.replace(/[a-z]/g, (c) => c.toUpperCase())
const compact = (input: string) => asciiUpper(halfWidth(input).replace(/\s/g, ''))
const length = (text: string) => [...text].length

export function readCitizenId(input: string, today: string): Read {
  if (tooLong(input)) return { flaw: 'length' }
  const id = compact(input)
  if (length(id) !== 18) return { flaw: 'length' }
  if (!/^[0-9]{17}[0-9X]$/.test(id)) return { flaw: 'characters' }
  const born = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (!isBirthDate(born)) return { flaw: 'date' }
  if (born > today) return { flaw: 'future_date' }
  const check = ID_CHECKS[weighted([...id].map(Number), ID_WEIGHTS) % 11]
  return check === id[17] ? { value: id } : { flaw: 'checksum' }
}

/** Years from 1800 on, up to 9999: a future one gets a sentence of its own. */
function isBirthDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text && text >= '1800'
}

export function readCreditCode(input: string): Read {
  if (tooLong(input)) return { flaw: 'length' }
  const code = compact(input)
  if (length(code) !== 18) return { flaw: 'length' }
  const values = [...code].map((c) => CODE_ALPHABET.indexOf(c))
  if (values.includes(-1) || !/^..[0-9]{6}/.test(code)) return { flaw: 'characters' }
  const check = (31 - (weighted(values, CODE_WEIGHTS) % 31)) % 31
  if (values[17] !== check) return { flaw: 'checksum' }
  return organisationFits(code.slice(8, 17)) ? { value: code } : { flaw: 'organisation_code' }
}

/** GB 11714 counts letters from A = 10 over the whole alphabet. */
function organisationFits(code: string): boolean {
  const values = [...code].map((c) => Number.parseInt(c, 36))
  const rest = 11 - (weighted(values, ORGANISATION_WEIGHTS) % 11)
  return code[8] === (rest === 10 ? 'X' : rest === 11 ? '0' : String(rest))
}

/** Half-width, without blanks and brackets, without the country code. */
function written(input: string): string {
  const text = halfWidth(input)
    .replace(/[\s()]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
  const abroad = /^(?:\+86|0086)-*(.*)$/s.exec(text)
  if (abroad) return abroad[1] ?? ''
  const bare = /^86-*(1[3-9][0-9]{9})$/.exec(text)
  return bare?.[1] ?? text
}

export function readMobile(input: string): Read {
  if (tooLong(input)) return { flaw: 'length' }
  const digits = written(input).replace(/-/g, '')
  if (!/^[0-9]+$/.test(digits)) return { flaw: 'characters' }
  if (digits.length !== 11) return { flaw: 'length' }
  return /^1[3-9]/.test(digits) ? { value: digits } : { flaw: 'range' }
}

export function readPhone(input: string): Read {
  const mobile = readMobile(input)
  if ('value' in mobile) return mobile
  if (tooLong(input)) return { flaw: 'length' }
  const text = written(input)
  if (!/^[0-9]+$/.test(text.replace(/-/g, ''))) return { flaw: 'characters' }
  const match = /^(010|02[0-9]|0[1-9][0-9]{2})-?([2-9][0-9]{6,7})(?:-([0-9]{1,6}))?$/.exec(text)
  // 010 and 02x are complete codes: what follows them is never a fourth digit of the code.
  if (!match || (match[1]?.length === 4 && /^(?:010|02)/.test(text))) return { flaw: 'range' }
  return { value: `${match[1]}-${match[2]}${match[3] === undefined ? '' : `-${match[3]}`}` }
}
