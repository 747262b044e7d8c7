/** The words of the pages, from the pages' own files: a text changed there needs no change here. */
import { readFileSync } from 'node:fs'

const files = new Map()

/** The Chinese text of one key; `say('wizard', 'check.upload', { name: '…' })`. */
export function say(space, key, args = {}) {
  if (!files.has(space)) {
    const url = new URL(`../../web/src/locales/zh-CN/${space}.json`, import.meta.url)
    files.set(space, JSON.parse(readFileSync(url, 'utf8')))
  }
  const text = key.split('.').reduce((part, name) => part?.[name], files.get(space))
  if (typeof text !== 'string') throw new Error(`no text ${key} in ${space}.json`)
  return text.replace(/\{(\w+)\}/g, (whole, name) => args[name] ?? whole)
}
