/** What is wrong with an answer, and its sentence: the engine's own texts, so that page and server agree. */
import texts from '../../../crates/engines/forms/texts.json'
import { locale } from '@/core/i18n'
import type { Field } from './document'

export interface Refusal {
  code: string
  args: Record<string, string>
}

/** A refusal with its place; the shape of the server's field faults. */
export interface FieldProblem extends Refusal {
  /** JSON Pointer into the answers. */
  path: string
}

export type Normalised = { value: unknown } | Refusal

export function refuse(code: string, args: Record<string, string | number> = {}): Refusal {
  return { code, args: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)])) }
}

export function problemOf(field: Field, path: string, refusal: Refusal): FieldProblem {
  const variant = field.kind === 'phone' && field.landline ? 'phone_or_landline' : field.kind
  return { path, code: refusal.code, args: { label: field.label, variant, ...refusal.args } }
}

const TEXTS: Record<string, Record<string, string> | undefined> = texts

export function sentence({ code, args }: Refusal): string {
  const found = TEXTS[`${code}.${args.variant ?? ''}`] ?? TEXTS[code]
  const text = found?.[locale.value] ?? found?.['zh-CN'] ?? code
  return Object.entries(args).reduce((sum, [name, value]) => sum.replaceAll(`{${name}}`, value), text)
}
