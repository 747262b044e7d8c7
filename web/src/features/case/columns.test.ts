import { beforeEach, expect, it } from 'vitest'
import { COLUMNS, columnsIn, columnsOf, keepColumns } from './columns'

beforeEach(() => localStorage.clear())

it('reads columns in the order of the table, always with the number', () => {
  expect(columnsIn('due,light')).toEqual(['light', 'number', 'due'])
  expect(columnsIn('nothing,known')).toEqual([...COLUMNS])
  expect(columnsIn('')).toEqual([...COLUMNS])
})

it('takes the address before what was last chosen here', () => {
  expect(columnsOf({})).toEqual([...COLUMNS])
  expect(keepColumns(['number', 'due'])).toBe('number,due')
  expect(columnsOf({})).toEqual(['number', 'due'])
  expect(columnsOf({ columns: 'state' })).toEqual(['number', 'state'])
  expect(keepColumns([...COLUMNS])).toBeUndefined()
  expect(columnsOf({})).toEqual([...COLUMNS])
})
