/** The form document of crates/engines/forms: one tagged union of fields. */

export type Condition =
  | { op: 'equals' | 'not_equals'; field: string; value: string }
  | { op: 'in'; field: string; values: string[] }

interface Head {
  key: string
  label: string
  help?: string
  placeholder?: string
  required?: boolean
  visible_when?: Condition
  prefill?: string
  verified?: boolean
  sensitive?: boolean
}

export interface Choice {
  value: string
  label: string
}

export interface TextField extends Head {
  kind: 'text' | 'long_text'
  min_length?: number
  max_length?: number
  pattern?: string
  pattern_help?: string
}

export interface NumberField extends Head {
  kind: 'number'
  min?: string
  max?: string
  scale?: number
  unit?: string
}

export interface MoneyField extends Head {
  kind: 'money'
  min?: string
  max?: string
}

export interface DateField extends Head {
  kind: 'date'
  min?: string
  max?: string
}

export interface DictionaryField extends Head {
  kind: 'dictionary'
  options?: Choice[]
  table?: string
  multiple?: boolean
  min_choices?: number
  max_choices?: number
}

export type DivisionDepth = 'county' | 'town' | 'village'

export interface DivisionField extends Head {
  kind: 'division'
  depth: DivisionDepth
  within?: string
}

export interface PlainField extends Head {
  kind: 'citizen_id' | 'credit_code' | 'email'
}

export interface PhoneField extends Head {
  kind: 'phone'
  landline?: boolean
}

export interface AttachmentField extends Head {
  kind: 'attachment'
  min_files?: number
  max_files?: number
  types?: string[]
}

export interface RepeatField extends Head {
  kind: 'repeat'
  min_rows?: number
  max_rows?: number
  row_title?: string
  fields: Field[]
}

export type Field =
  | TextField | NumberField | MoneyField | DateField | DictionaryField | DivisionField
  | PlainField | PhoneField | AttachmentField | RepeatField

export interface Section {
  key: string
  title: string
  help?: string
  fields: Field[]
}

export interface FormDocument {
  key: string
  title: string
  sections: Section[]
}

export interface DivisionAnswer {
  code: string
  names?: string[]
}

/** Answers by field key. Values are what the server takes; `unknown` until a field reads them. */
export type Answers = Record<string, unknown>

export const FILE_TYPES = ['pdf', 'jpg', 'png', 'docx', 'xlsx', 'ofd'] as const
export const DEFAULT_MAX_FILES = 5
export const DEFAULT_MAX_ROWS = 20
export const TEXT_LENGTH = 200
export const LONG_TEXT_LENGTH = 2000

/** One step deeper in a JSON Pointer (RFC 6901). */
export function pointer(path: string, step: string | number): string {
  return `${path}/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`
}

export function stepsOf(path: string): string[] {
  return path.split('/').slice(1).map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
}

/** Id of the control that answers a path: stable, so that an error summary can link to it. */
export function idOf(path: string): string {
  return `field${path.replace(/[^A-Za-z0-9_-]/g, '-')}`
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An answer by its key; a key such as `constructor` must not find what every object has. */
export function answerOf(answers: Answers, key: string): unknown {
  // Read first: Vue notices a read, not a question for ownership.
  const value = answers[key]
  return Object.hasOwn(answers, key) ? value : undefined
}

/** The rows of a repeat group as they stand; anything else is no rows. */
export function rowsOf(value: unknown): Answers[] {
  return Array.isArray(value) ? value.map((row: unknown) => (isRecord(row) ? row : {})) : []
}
