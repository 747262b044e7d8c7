/**
 * Texts. Chinese is the source and travels with the code that uses it; English is fetched when
 * somebody asks for it. A feature has one `text.ts`:
 *
 *   export const t = defineText('intake', zh, () => import('@/locales/en/intake.json'))
 *
 * `t` is typed by the Chinese file, reactive to the locale and may be called anywhere. A parameter
 * `n` also chooses the plural of languages that have one (`one file | {n} files`).
 */
import { createI18n } from 'vue-i18n'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export type Params = Record<string, string | number>
export type Tree = { [key: string]: string | Tree }
type Keys<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}` }[keyof T & string]
export type Text<T> = (key: Keys<T>, params?: Params) => string

const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as string,
  fallbackLocale: 'zh-CN',
  messages: {} as Record<string, Tree>,
  missingWarn: false,
  fallbackWarn: false,
})

const translate = i18n.global.t as unknown as (key: string, named: Params, plural: number) => string
const has = i18n.global.te as unknown as (key: string, locale?: string) => boolean
const english = new Map<string, () => Promise<{ default: Tree }>>()
const loading = new Map<string, Promise<void>>()

export const locale = i18n.global.locale as unknown as { readonly value: Locale }

function load(namespace: string): Promise<void> {
  const source = english.get(namespace)
  if (!source) return Promise.resolve()
  const running =
    loading.get(namespace) ??
    source().then((module) => i18n.global.mergeLocaleMessage('en', { [namespace]: module.default }))
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
  i18n.global.mergeLocaleMessage('zh-CN', { [namespace]: source })
  english.set(namespace, loadEnglish)
  if (locale.value === 'en') void load(namespace).catch(() => undefined)
  return (key, params = {}) =>
    translate(`${namespace}.${key}`, params, typeof params.n === 'number' ? params.n : 1)
}

/** The text of a key that comes from outside (an error code); `undefined` where there is none. */
export function lookUp(key: string, params: Params = {}): string | undefined {
  return has(key, 'zh-CN') ? translate(key, params, 1) : undefined
}

/** Resolves when the texts of everything loaded so far are there; the router waits for it. */
export async function textsReady(): Promise<void> {
  if (locale.value !== 'en') return
  // A missing English file leaves Chinese on the page rather than no page.
  await Promise.allSettled([...english.keys()].map(load))
}

/** Switches the language of the whole page. */
export async function setLocale(next: Locale): Promise<void> {
  if (next === 'en') await Promise.allSettled([...english.keys()].map(load))
  i18n.global.locale.value = next
  if (typeof document !== 'undefined') document.documentElement.lang = next
}
