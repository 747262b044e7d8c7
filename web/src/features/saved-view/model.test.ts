import { expect, it } from 'vitest'
import type { Content, SavedView } from './api'
import { contentOf, defaultOf, moved, queryFor, shownView } from './model'

const view = (id: string, content: Partial<Content>, own = true): SavedView => ({
  id, name: id, shared: false, opens: false, label_gone: false, own, owner: '周示例', version: 1,
  content: { place: 'todo', state: null, light: null, q: null, only: null, label: null, sort: null, columns: [], ...content },
})

it('goes from the address to a view and back', () => {
  const address = { state: 'received', only: 'mine', sort: 'newest', q: '张三', columns: 'number,due', other: 'x' }
  const content = contentOf('cases', address, ['number', 'due'], 9)
  expect(queryFor(content)).toEqual({ state: 'received', only: 'mine', sort: 'newest', q: '张三', columns: 'number,due' })
  expect(queryFor(contentOf('todo', { only: 'nothing', sort: 'due' }, ['number'], 1))).toEqual({})
})

it('knows which view the address shows, of which list', () => {
  const views = [view('a', { state: 'received' }), view('b', { place: 'cases', state: 'received' })]
  expect(shownView(views, contentOf('cases', { state: 'received' }, [], 0))?.id).toBe('b')
  expect(shownView(views, contentOf('cases', { state: 'decided' }, [], 0))).toBeUndefined()
})

it('opens with the one chosen for a list, never with one that nobody chose', () => {
  const chosen = { ...view('a', { place: 'cases' }), opens: true }
  const views = [view('b', { place: 'cases' }), chosen, view('c', {})]
  expect(defaultOf(views, 'cases')?.id).toBe('a')
  expect(defaultOf(views, 'todo')).toBeUndefined()
  expect(defaultOf([{ ...view('c', {}, false), opens: true }], 'todo')).toBeUndefined()
})

it('moves one by a place, not past the ends', () => {
  expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
})
