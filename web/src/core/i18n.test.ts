/** Texts: parameters, plurals, the language of the page and what is left in Chinese. */
import { afterEach, expect, it } from 'vitest'
import { computed } from 'vue'
import { defineText, lookUp, setLocale } from './i18n'

const zh = { hello: '您好，{name}', files: '{n} 个文件', deep: { only: '只有中文' }, brace: '{missing}空' }
const en = { hello: 'Hello {name}', files: 'one file | {n} files', brace: '{missing}empty' }
const t = defineText('sample', zh, () => Promise.resolve({ default: en }))

afterEach(() => setLocale('zh-CN'))

it('fills parameters in, in Chinese first', () => {
  expect(t('hello', { name: '张三 {n} | x' })).toBe('您好，张三 {n} | x')
  expect(t('files', { n: 0 })).toBe('0 个文件')
  expect(t('brace')).toBe('空')
  expect(lookUp('sample.deep.only')).toBe('只有中文')
  expect([lookUp('sample.deep'), lookUp('sample.none'), lookUp('nothing.at.all'), lookUp('sample.constructor')]).toEqual([undefined, undefined, undefined, undefined])
})

it('chooses the plural and stays Chinese where English has nothing', async () => {
  const shown = computed(() => t('files', { n: 2 }))
  expect(shown.value).toBe('2 个文件')
  await setLocale('en')
  expect(shown.value).toBe('2 files')
  expect([t('files', { n: 0 }), t('files', { n: 1 }), t('files', { n: 3 })]).toEqual(['0 files', 'one file', '3 files'])
  expect(t('deep.only')).toBe('只有中文')
})

it('draws anew what is fetched after the switch', async () => {
  await setLocale('en')
  const late = defineText('late', { word: '晚' }, () => Promise.resolve({ default: { word: 'late' } }))
  const shown = computed(() => late('word'))
  expect(shown.value).toBe('晚')
  await Promise.resolve()
  await Promise.resolve()
  expect(shown.value).toBe('late')
})
