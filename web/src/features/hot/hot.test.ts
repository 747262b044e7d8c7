import { expect, it } from 'vitest'
import { moved, pinsOf, type HotItem } from './api'

const row = (code: string, pin: number | null): HotItem => ({ code, name: code, department_code: 'd', status: 'published', rank: 1, pin, count: 0 })

it('knows the pinned ones in their order, whatever the order of the list', () => {
  expect(pinsOf([row('c', null), row('b', 2), row('a', 1)])).toEqual(['a', 'b'])
})

it('moves one place, and never off the list', () => {
  expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b'])
})
