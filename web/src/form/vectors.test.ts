/** The browser's reading of the rules against the vectors that the engine and the kernel run too. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type identityFile from '../../../crates/platform/kernel/tests/identity_vectors.json'
import type vectorsFile from '../../../crates/engines/forms/tests/vectors.json'
import type { Answers, FormDocument } from './document'
import type { Division, DivisionLevel, Env } from './environment'
import { readCitizenId, readCreditCode, readMobile, readPhone, type Read } from './identity'
import { sentence } from './refusal'
import { validate } from './validate'

// Read, not imported: a bundler turns the key __proto__ into a prototype.
const json = (path: string): unknown => JSON.parse(readFileSync(`../crates/${path}`, 'utf8'))
const vectors = json('engines/forms/tests/vectors.json') as typeof vectorsFile
const example = json('engines/forms/tests/example.form.json') as FormDocument
const identityVectors = json('platform/kernel/tests/identity_vectors.json') as typeof identityFile

interface Case {
  name: string
  form?: string
  fields?: unknown
  mode?: string
  answers: unknown
  problems: { path: string; code: string }[]
  normalised?: unknown
}

interface Row {
  code: string
  name: string
  level: string
  parent: string | null
  leaf: boolean
}

const rows: Row[] = vectors.divisions
const tables: Record<string, string[] | undefined> = vectors.dictionaries

function pathOf(code: string): Division[] | null {
  const trimmed = (text: string) => text.replace(/(?:00)+$/, '')
  const row = rows.find((one) => one.code === code || (code.length <= 6 && trimmed(one.code) === trimmed(code)))
  if (!row) return null
  const above = row.parent === null ? [] : (pathOf(row.parent) ?? [])
  return [...above, { code: row.code, name: row.name, level: row.level as DivisionLevel, leaf: row.leaf }]
}

const env: Env = {
  today: vectors.today,
  division: pathOf,
  has_entry: (table, value) => tables[table]?.includes(value),
}

function documentOf(one: Case): FormDocument {
  if (one.fields === undefined) return example
  return { key: 'vector', title: '', sections: [{ key: 'only', title: '', fields: one.fields }] } as FormDocument
}

// Bounds of the whole body, drafts and tables that are down are the server's business alone.
const SERVER_ONLY = new Set(['form.too_deep', 'form.too_large', 'form.dictionary_unavailable'])
const cases = (vectors.cases as Case[]).filter(
  (one) =>
    one.mode !== 'draft' &&
    typeof one.answers === 'object' && one.answers !== null && !Array.isArray(one.answers) &&
    !one.problems.some((problem) => SERVER_ONLY.has(problem.code)),
)

describe('form vectors', () => {
  it('are nearly all of them', () => expect(cases.length).toBeGreaterThan(240))

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const judged = validate(documentOf(one), one.answers as Answers, env)
    const places = (list: { path: string; code: string }[]) =>
      list.map(({ path, code }) => `${path} ${code}`).toSorted()
    expect(places(judged.problems)).toEqual(places(one.problems))
    if (one.problems.length === 0) expect(judged.answers).toEqual(one.normalised)
    for (const problem of judged.problems) {
      expect(sentence(problem)).not.toMatch(/\{|form\./)
    }
  })
})

describe('identity numbers', () => {
  const today = identityVectors.today
  const readers: Record<string, ((input: string) => Read) | undefined> = {
    citizen_id: (input) => readCitizenId(input, today),
    credit_code: readCreditCode,
    mobile: readMobile,
    phone: readPhone,
  }
  // The 15-digit number is met only on import.
  const read = <T extends { kind: string }>(list: T[]) => list.filter((one) => one.kind !== 'citizen_id_15')

  it.each(read(identityVectors.valid).map((one) => [one.kind, one.input, one.normalised] as const))(
    '%s %j reads as %s',
    (kind, input, normalised) => expect(readers[kind]?.(input)).toEqual({ value: normalised }),
  )

  it.each(read(identityVectors.invalid).map((one) => [one.kind, one.input, one.code] as const))(
    '%s %j is refused: %s',
    (kind, input, code) => expect(readers[kind]?.(input)).toEqual({ flaw: code.replace('identity_number.', '') }),
  )
})
