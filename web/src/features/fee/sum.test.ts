import { describe, expect, it } from 'vitest'
import { countOf, fenOf, yuanOf } from './sum'

describe('sums', () => {
  it('go from yuan to fen and back without rounding', () => {
    for (const [text, fen] of [['20', 2000], ['20.5', 2050], [' 0.01 ', 1], ['1234567.89', 123456789], ['0.29', 29]] as const) {
      expect(fenOf(text), text).toBe(fen)
    }
    for (const wrong of ['', '0', '0.00', '-1', '1.234', '1,5', '1e3', '二十', '123456789']) expect(fenOf(wrong), wrong).toBeUndefined()
    expect([2000, 5, 123456789].map(yuanOf)).toEqual(['20.00', '0.05', '1234567.89'])
  })

  it('are counted in whole numbers', () => {
    expect(countOf('3')).toBe(3)
    for (const wrong of ['', '0', '-1', '1.5', 'x', '100000']) expect(countOf(wrong), wrong).toBeUndefined()
  })
})
