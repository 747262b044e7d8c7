/** Answers that are chosen, not typed: dictionary values, divisions, uploaded files. */
import {
  DEFAULT_MAX_FILES, isRecord, type AttachmentField, type DictionaryField, type DivisionDepth, type DivisionField,
} from './document'
import type { Division, DivisionLevel, Env } from './environment'
import { refuse, type Normalised, type Refusal } from './refusal'
import { boundedString } from './value'

const CODE_LENGTH = 64
const MOST_CHOICES = 100
const MOST_STEPS = 8
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const LEVELS: DivisionLevel[] = ['province', 'city', 'district', 'town', 'community']
const DEPTHS: Record<DivisionDepth, DivisionLevel> = { county: 'district', town: 'town', village: 'community' }

/** Negative where the level is not yet deep enough for the field. */
export function depthBeyond(level: DivisionLevel, depth: DivisionDepth): number {
  return LEVELS.indexOf(level) - LEVELS.indexOf(DEPTHS[depth])
}

export function dictionary(field: DictionaryField, raw: unknown, env: Env): Normalised {
  if (!field.multiple) {
    const value = boundedString(raw, CODE_LENGTH)
    return typeof value === 'string' ? (notAnOption(field, value, env) ?? { value }) : value
  }
  const chosen = distinct(raw, field.max_choices ?? MOST_CHOICES)
  if (!Array.isArray(chosen)) return chosen
  if (chosen.length < (field.min_choices ?? 0)) return refuse('form.too_few', { min: field.min_choices ?? 0 })
  for (const value of chosen) {
    const refusal = notAnOption(field, value, env)
    if (refusal) return refusal
  }
  return { value: chosen }
}

function notAnOption(field: DictionaryField, value: string, env: Env): Refusal | undefined {
  const found = field.options
    ? field.options.some((option) => option.value === value)
    : env.has_entry?.(field.table ?? '', value)
  return found === false ? refuse('form.option') : undefined
}

function distinct(raw: unknown, max: number): string[] | Refusal {
  if (!Array.isArray(raw)) return refuse('form.type')
  const values: string[] = []
  for (const item of raw as unknown[]) {
    const text = boundedString(item, CODE_LENGTH)
    if (typeof text !== 'string') return text
    if (!values.includes(text)) values.push(text)
    if (values.length > max) return refuse('form.too_many', { max })
  }
  return values
}

export function attachment(field: AttachmentField, raw: unknown): Normalised {
  const values = distinct(raw, field.max_files ?? DEFAULT_MAX_FILES)
  if (!Array.isArray(values)) return values
  const ids = values.map((id) => id.toLowerCase())
  if (ids.length < (field.min_files ?? 0)) return refuse('form.too_few', { min: field.min_files ?? 0 })
  return ids.every((id) => UUID.test(id)) ? { value: ids } : refuse('form.material')
}

export function division(field: DivisionField, raw: unknown, env: Env): Normalised {
  if (!isRecord(raw)) return refuse('form.type')
  const names = namesOf(raw)
  if (names !== undefined && !Array.isArray(names)) return names
  if (raw.code === undefined) return refuse('form.division')
  const code = boundedString(raw.code, 12)
  if (typeof code !== 'string') return code
  if (!/^[0-9]{2,12}$/.test(code)) return refuse('form.division')
  const path = env.division?.(code)
  if (path === undefined) return { value: raw }
  return path === null ? refuse('form.division') : judged(field, path, names)
}

/** Shape of the whole object first, as the engine does. */
function namesOf(raw: Record<string, unknown>): string[] | Refusal | undefined {
  const strange = Object.keys(raw).some((key) => key !== 'code' && key !== 'names')
  if (strange || (raw.code !== undefined && typeof raw.code !== 'string')) return refuse('form.type')
  if (raw.names === undefined) return undefined
  if (!Array.isArray(raw.names)) return refuse('form.type')
  if (raw.names.length > MOST_STEPS) return refuse('form.too_many', { max: MOST_STEPS })
  const names: string[] = []
  for (const item of raw.names as unknown[]) {
    const name = boundedString(item, CODE_LENGTH)
    if (typeof name !== 'string') return name
    names.push(name)
  }
  return names
}

function judged(field: DivisionField, path: Division[], names: string[] | undefined): Normalised {
  const last = path.at(-1)
  if (!last) return refuse('form.division')
  const beyond = depthBeyond(last.level, field.depth)
  if (beyond > 0 || (beyond < 0 && !last.leaf)) return refuse('form.division_depth')
  const { within } = field
  if (within !== undefined && !path.some((step) => shortest(step.code) === shortest(within))) {
    return refuse('form.division_outside')
  }
  const official = path.map((step) => step.name)
  if (names && (names.length !== official.length || names.some((name, at) => name !== official[at]))) {
    return refuse('form.division_changed')
  }
  return { value: { code: last.code, names: official } }
}

/** A code without the zeros that only fill it up: 430100 and 4301 are one. */
function shortest(code: string): string {
  const town = code.length === 12 ? code.replace(/000$/, '') : code
  const county = town.length === 9 ? town.replace(/000$/, '') : town
  return county.length === 6 ? county.replace(/0000$|00$/, '') : county.replace(/^(..)00$/, '$1')
}
