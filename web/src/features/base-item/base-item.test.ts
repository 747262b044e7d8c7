import { expect, it } from 'vitest'
import { codeOf, exportAddress } from './api'
import { takeOver } from './take-over'

it('makes the code of an office from its credit code, its level and the base code', () => {
  const office = { code: '11430102TB00000871', region: '430102' }
  expect(codeOf(office, '432099001000')).toBe('11430102TB000008714432099001000')
  expect(codeOf({ ...office, region: '4301' }, '432099001000')).toBe('11430102TB000008713432099001000')
  expect(codeOf({ ...office, code: '00877868-5' }, '432099001000')).toBeUndefined()
  expect(codeOf(office, '4320')).toBeUndefined()
  expect(codeOf(undefined, '432099001000')).toBeUndefined()
})

it('takes over what deviates, and keeps the further laws of the item', () => {
  const base = { name: '失业登记', legal_term: { length: 5, unit: 'working_days' }, legal_bases: [{ name: '就业促进法', article: '第三十五条' }, { name: '社会保险法', article: '' }] }
  const item = { name: '登记', legal_bases: [{ name: '《就业促进法》', article: '第三十五条', text: '原文' }, { name: '本市办法', article: '' }] }
  const at = (path: string) => ({ path, base: null, item: null })
  expect(takeOver(base, item, [])).toEqual([])
  expect(takeOver(base, item, [at('/name'), at('/legal_term'), at('/authority/level')])).toEqual([
    ['/name', '失业登记'],
    ['/legal_term', { length: 5, unit: 'working_days' }],
  ])
  const [[, laws] = []] = takeOver(base, item, [at('/legal_bases')])
  expect(laws).toEqual([...item.legal_bases, { name: '社会保险法', article: '' }])
})

it('names a file by what the list was narrowed to', () => {
  expect(exportAddress({ q: '登记', status: undefined }, 'csv')).toBe('/api/v1/catalogue/manage/base-items/export?q=%E7%99%BB%E8%AE%B0&format=csv')
})
