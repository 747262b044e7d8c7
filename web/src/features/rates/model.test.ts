import { expect, it } from 'vitest'
import { percent } from './model'

it('writes per mille with one decimal, and says nothing of nothing', () => {
  expect(percent(987)).toBe('98.7%')
  expect(percent(1000)).toBe('100.0%')
  expect(percent(0)).toBe('0.0%')
  expect(percent(null)).toBeUndefined()
})
