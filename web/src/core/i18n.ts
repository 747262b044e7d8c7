/**
 * Texts. Chinese is the source and travels with the code that uses it; English is fetched when
 * somebody asks for it. A feature has one `text.ts`:
 *
 *   export const t = defineText('intake', zh, () => import('@/locales/en/intake.json'))
 *
 * `t` is typed by the Chinese file, reactive to the locale and may be called anywhere. `{name}` stands
 * for a parameter; a parameter `n` also chooses the plural of languages that have one
 * (`one file | {n} files`). That is all our texts need: a library for more was a sixth of what every
 * end loads first (docs/adr/0010-texts-without-a-library.md).
 */
import { readonly, ref } from 'vue'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export type Params = Record<string, string | number>
export type Tree = { [key: string]: string | Tree }
type Keys<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}` }[keyof T & string]
export type Text<T> = (key: Keys<T>, params?: Params) => string

const current = ref<Locale>('zh-CN')
/** Counts what has been fetched: a page that shows Chinese for want of English is drawn anew. */
const fetched = ref(0)
const texts: Record<Locale, Map<string, Tree>> = { 'zh-CN': new Map(), en: new Map() }
const english = new Map<string, () => Promise<{ default: Tree }>>()
const loading = new Map<string, Promise<void>>()

export const locale = readonly(current)

/** The words of a key; `undefined` where a locale has none. */
function find(language: Locale, key: string): string | undefined {
  const [namespace = '', ...steps] = key.split('.')
  let place: Tree | string | undefined = texts[language].get(namespace)
  for (const step of steps) {
    if (typeof place !== 'object' || !Object.hasOwn(place, step)) return undefined
    place = place[step]
  }
  return typeof place === 'string' ? place : undefined
}

function fill(words: string, params: Params): string {
  const [one = '', ...more] = words.split('|')
  const chosen = more.length > 0 ? (params.n === undefined || params.n === 1 ? one : (more.at(-1) ?? one)).trim() : words
  return chosen.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

/** A key in the language of the page, else in Chinese. */
function say(key: string, params: Params): string | undefined {
  const own = current.value === 'en' && fetched.value >= 0 ? find('en', key) : undefined
  const words = own ?? find('zh-CN', key)
  return words === undefined ? undefined : fill(words, params)
}

function load(namespace: string): Promise<void> {
  const source = english.get(namespace)
  if (!source) return Promise.resolve()
  const running =
    loading.get(namespace) ??
    source().then((module) => {
      texts.en.set(namespace, module.default)
      fetched.value++
    })
  // A failed load may be tried again at the next switch or page.
  running.catch(() => loading.delete(namespace))
  loading.set(namespace, running)
  return running
}

/** Registers a feature's texts and returns its typed `t`. */
export function defineText<T extends Tree>(
  namespace: string,
  source: T,
  loadEnglish: () => Promise<{ default: Tree }>,
): Text<T> {
  texts['zh-CN'].set(namespace, source)
  english.set(namespace, loadEnglish)
  if (current.value === 'en') void load(namespace).catch(() => undefined)
  return (key, params = {}) => say(`${namespace}.${key}`, params) ?? `${namespace}.${key}`
}

/** The text of a key that comes from outside (an error code); `undefined` where there is none. */
export function lookUp(key: string, params: Params = {}): string | undefined {
  return say(key, params)
}

/** Resolves when the texts of everything loaded so far are there; the router waits for it. */
export async function textsReady(): Promise<void> {
  if (current.value !== 'en') return
  // A missing English file leaves Chinese on the page rather than no page.
  await Promise.allSettled([...english.keys()].map(load))
}

/** Switches the language of the whole page. */
export async function setLocale(next: Locale): Promise<void> {
  if (next === 'en') await Promise.allSettled([...english.keys()].map(load))
  current.value = next
  if (typeof document !== 'undefined') document.documentElement.lang = next
}
