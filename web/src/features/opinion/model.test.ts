import { expect, it } from 'vitest'
import type { CaseView } from '@/features/case/api'
import { askedOf, needsWords, toneOf } from './model'

const view = (...kinds: string[]) => ({ timeline: kinds.map((kind) => ({ kind })) }) as unknown as CaseView

it('counts who was asked and who still thinks about it', () => {
  expect(askedOf(view('accepted'))).toEqual({ asked: 0, waiting: 0 })
  expect(askedOf(view('opinion_asked', 'opinion_asked', 'opinion_given', 'step_completed'))).toEqual({ asked: 2, waiting: 1 })
  expect(askedOf(view('opinion_asked', 'opinion_withdrawn', 'opinion_asked', 'opinion_declined'))).toEqual({ asked: 2, waiting: 0 })
})

it('asks for words only from who has something against it', () => {
  expect(['agree', 'no_comment', ''].map((one) => needsWords(one as 'agree'))).toEqual([false, false, false])
  expect(['conditions', 'object'].map((one) => needsWords(one as 'object'))).toEqual([true, true])
})

it('marks an answer by what it says, and a late request as such', () => {
  expect(toneOf({ state: 'given', stance: 'object', late: false })).toBe('bad')
  expect(toneOf({ state: 'open', stance: null, late: true })).toBe('bad')
  expect(toneOf({ state: 'open', late: false })).toBe('warn')
  expect(toneOf({ state: 'lapsed', late: false })).toBe('neutral')
})
