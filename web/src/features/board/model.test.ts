import { expect, it } from 'vitest'
import { change, shade, TILES, width } from './model'

it('compares with yesterday', () => {
  expect(change(5, 3)).toEqual({ way: 'up', by: 2 })
  expect(change(3, 5)).toEqual({ way: 'down', by: 2 })
  expect(change(3, 3)).toEqual({ way: 'same', by: 0 })
})

it('shades and widens by shares', () => {
  expect([0, 1, 4, 8, 10].map((value) => shade(value, 10))).toEqual([0, 1, 2, 4, 4])
  expect([0, 1, 50, 100].map((value) => width(value, 100))).toEqual([0, 2, 50, 100])
  expect(width(3, 0)).toBe(0)
})

it('gives each district a tile of its own', () => {
  expect(new Set(TILES.map(({ column, row }) => `${column}:${row}`)).size).toBe(TILES.length)
  expect(new Set(TILES.map(({ code }) => code)).size).toBe(TILES.length)
})
