/** Chinese and English have the same files, keys and parameters; nothing is left untranslated. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
}

const read = (locale: string, file: string) =>
  new Map(flat(JSON.parse(readFileSync(`src/locales/${locale}/${file}`, 'utf8')) as Tree))
const params = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].toSorted()
const files = readdirSync('src/locales/zh-CN')
// English dates are written from other parts of the same day.
const FREE_PARAMETERS = new Set(['core.json format.date_long', 'core.json format.date_time_long'])
// The name of the other language stands in that language.
const FREE_LANGUAGE = new Set(['shell.json other_language'])

it('has the same files', () => expect(readdirSync('src/locales/en').toSorted()).toEqual(files.toSorted()))

describe.each(files)('%s', (file) => {
  const zh = read('zh-CN', file)
  const en = read('en', file)

  it('has the same keys', () => expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted()))

  it('has the same parameters', () => {
    for (const [key, text] of zh) {
      if (!FREE_PARAMETERS.has(`${file} ${key}`)) expect(params(en.get(key) ?? ''), key).toEqual(params(text))
    }
  })

  it('is translated', () => {
    for (const [key, text] of en) {
      expect(text.trim(), key).not.toBe('')
      if (!FREE_LANGUAGE.has(`${file} ${key}`)) expect(text, key).not.toMatch(/\p{Script=Han}/u)
    }
  })
})
