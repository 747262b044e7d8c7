import { expect, it } from 'vitest'
import type { CaseEntry, CaseView } from './api'
import { correctedOf } from './corrected'

const entry = (seq: number, kind: string, more: Partial<CaseEntry> = {}) => ({ seq, kind, at: `2026-11-2${seq}T01:00:00Z`, reason: '', changed: [], ...more }) as unknown as CaseEntry
const view = (...timeline: CaseEntry[]) => ({ timeline, form: null, materials: [{ requirement_id: 'proof', name: '离职证明' }] }) as unknown as CaseView
const notice = entry(2, 'correction_requested', { reason: '1. 离职证明：没有盖章' })

it('tells what was asked for and what changed, until the next notice', () => {
  expect(correctedOf(view(entry(1, 'submitted')))).toBeUndefined()
  expect(correctedOf(view(entry(1, 'submitted'), notice))).toBeUndefined()
  const answer = entry(3, 'corrected', { changed: ['proof'], reason: '已补盖公章' })
  const told = correctedOf(view(entry(1, 'submitted'), notice, answer, entry(4, 'accepted')))
  expect(told).toMatchObject({ at: answer.at, names: ['离职证明'], wanted: '1. 离职证明：没有盖章', remark: '已补盖公章' })
  expect(told?.places.has('proof')).toBe(true)
  expect(correctedOf(view(notice, answer, entry(5, 'correction_requested')))).toBeUndefined()
})
