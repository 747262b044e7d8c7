import { describe, expect, it } from 'vitest'
import type { Batch, BatchOptions } from './api'
import { actionOf, BATCH_ACTIONS, base64, blankDraft, clockOf, faultsOf, offeredOf, progressOf, standingOf, wordsOf } from './model'

const action = (key: string) => {
  const found = BATCH_ACTIONS.find((one) => one.key === key)
  if (!found) throw new Error(key)
  return found
}
const none: Batch['words'] = { reason: '', kind: null, outcome: null, result: null, way: null, granted: null, days: null, successor: null }

describe('what a choice of cases offers', () => {
  it('is what the server allows, dangers last, with both words of a command', () => {
    const options: BatchOptions = {
      total: 500,
      commands: [
        { command: 'refuse', possible: 480, impossible: 20 },
        { command: 'step', possible: 20, impossible: 480 },
        { command: 'accept', possible: 480, impossible: 20 },
      ],
    }
    expect(offeredOf(options).map((one) => [one.action.key, one.possible])).toEqual([
      ['accept', 480], ['step_pass', 20], ['refuse', 480], ['step_return', 20],
    ])
    expect(offeredOf(undefined)).toEqual([])
  })

  it('has nothing that needs words of its own for each case', () => {
    const keys = BATCH_ACTIONS.map((one) => one.key)
    for (const key of ['request_correction', 'return_for_review', 'verify_originals', 'void', 'start_special_procedure']) {
      expect(keys).not.toContain(key)
    }
  })
})

describe('the words of a batch', () => {
  it('are asked for where the law wants them', () => {
    expect(Object.keys(faultsOf(action('refuse'), blankDraft())).toSorted()).toEqual(['kind', 'text'])
    expect(Object.keys(faultsOf(action('extend'), { ...blankDraft(), text: '核实', days: '11' }))).toEqual(['days'])
    expect(faultsOf(action('accept'), blankDraft())).toEqual({})
    expect(faultsOf(action('step_pass'), blankDraft())).toEqual({})
  })

  it('lead back to the action', () => {
    for (const one of BATCH_ACTIONS) {
      const words = { ...none, ...wordsOf(one, { text: '同意', kind: 'refused', way: 'online', days: '5', to: '' }) } as Batch['words']
      expect(actionOf({ command: one.command, words })?.key).toBe(one.key)
    }
  })
})

it('counts only rows that were to be done', () => {
  expect(progressOf({ total: 500, counts: { ready: 100, done: 390, refused: 7, barred: 3 } })).toEqual({ settled: 397, of: 497 })
})

it('writes seconds as a clock and bytes in Base64', () => {
  expect([clockOf(600), clockOf(61.2), clockOf(-3)]).toEqual(['10:00', '1:02', '0:00'])
  const bytes = new Uint8Array(20_000).fill(255)
  expect(atob(base64(bytes)).length).toBe(20_000)
})

it('does not ask to confirm what cannot be', () => {
  expect(standingOf({ state: 'draft', counts: { barred: 3 } }).word).toBe('没有可办的')
  expect(standingOf({ state: 'draft', counts: { barred: 3, ready: 1 } }).word).toBe('待确认')
  expect(standingOf({ state: 'finished', counts: { done: 1 } }).word).toBe('已完成')
})
