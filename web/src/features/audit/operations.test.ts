/** Every operation that the program writes into the audit, by its source, has words for whoever reads it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import en from '@/locales/en/audit.json'
import zh from '@/locales/zh-CN/audit.json'

const CRATES = resolve(import.meta.dirname, '../../../../crates')

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name)
    if (one.isDirectory()) return one.name === 'tests' ? [] : sources(path)
    return one.name.endsWith('.rs') && one.name !== 'tests.rs' ? [readFileSync(path, 'utf8')] : []
  })
}

const every = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((found) => found[1] ?? '')
/** Operations: what is written beside `done`, and what a file of a variable `done` or `action` may put there. */
const DONE = /\.done\(\s*"([a-z_.]+)"/g
const KIND = /(?:\.done\(\s*[^,()]+(?:\([^()]*\))?,\s*|record_reads?\(\s*)"([a-z_]+)"/g
const GIVEN = /\.done\(\s*[a-zA-Z_.]+(?:\([a-z.]*\))?,/
const NAMED = /"((?:approval|catalogue|identity|insight|intake|interaction|licence|hall)\.[a-z_]+\.[a-z_]+)"/g

function used() {
  const domains = readdirSync(join(CRATES, 'domains')).flatMap((one) => sources(join(CRATES, 'domains', one, 'src')))
  const all = [...domains, ...sources(join(CRATES, 'platform')), ...sources(join(CRATES, 'tongban/src'))]
  const permissions = readFileSync(join(CRATES, 'platform/contract/src/access/permissions.rs'), 'utf8')
  return {
    operations: new Set([
      ...all.flatMap((text) => every(text, DONE)),
      ...domains.filter((text) => GIVEN.test(text)).flatMap((text) => every(text, NAMED)),
      // A look at personal data is noted by the permission that allowed it.
      ...every(permissions, /= "([a-z_.]+)";/g),
    ]),
    kinds: new Set(all.flatMap((text) => every(text, KIND))),
  }
}

const at = (texts: unknown, key: string): unknown =>
  key.split('.').reduce<unknown>((node, part) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[part] : undefined), texts)

it.each([['zh-CN', zh], ['en', en]])('in %s', (_, texts) => {
  const { operations, kinds } = used()
  expect(operations.size).toBeGreaterThan(250)
  expect(kinds.size).toBeGreaterThan(50)
  expect([...operations].filter((key) => typeof at(texts.action, key) !== 'string')).toEqual([])
  expect([...kinds].filter((kind) => !(kind in texts.kind))).toEqual([])
})
