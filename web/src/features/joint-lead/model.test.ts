import { expect, it } from 'vitest'
import type { JointMatter, JointPart } from './api'
import type { CaseView } from '@/features/case/api'
import { editsOf, faultsOf, goesThroughLead, placeOf, sendingOf, toneOf } from './model'

const part = (over: Partial<JointPart>): JointPart => ({
  case_id: 'food', case_number: '1', item_name: '食品经营许可', office: '市监局', lead_name: '市监局', case_state: 'received', light: 'green', state: 'given', verdict: 'correct',
  answerer: '张三', answered_at: '2026-11-23T02:00:00Z', part_by: '2026-11-25', late: false, send_by: '2026-11-27',
  fields: [{ key: '/area', label: '面积' }], materials: [{ key: 'plan', label: '平面图' }], reason: '平面图不清', refusal: null, dropped: [], ...over,
})
const matter = (...parts: JointPart[]) => ({ parts, version: 3 }) as JointMatter

it('sends only what the lead office has changed', () => {
  const one = matter(part({}), part({ case_id: 'fire', verdict: 'accept', fields: [], materials: [] }))
  const edits = editsOf(one)
  expect(Object.keys(edits)).toEqual(['food'])
  expect(sendingOf(one, ' ', edits)).toEqual({ version: 3, words: '', parts: [] })
  edits['food'] = { reason: '请补正平面图', dropped: { '/area': ' 可核验 ' } }
  expect(sendingOf(one, '请一并补正', edits).parts).toEqual([{ case_id: 'food', reason: '请补正平面图', dropped: [{ part: '/area', reason: '可核验' }] }])
})

it('wants a reason for what is left out, and leaves one point', () => {
  const one = matter(part({}))
  expect(faultsOf(one, editsOf(one))).toEqual([])
  expect(faultsOf(one, { food: { reason: '', dropped: { '/area': '' } } })).toEqual([{ id: placeOf('food', '/area'), kind: 'reason' }])
  expect(faultsOf(one, { food: { reason: '', dropped: { '/area': '重复', plan: '重复' } } })).toEqual([{ id: placeOf('food'), kind: 'all' }])
})

it('marks a part by what it says, and a late one as such', () => {
  expect(toneOf(part({}))).toBe('warn')
  expect(toneOf(part({ verdict: 'refuse' }))).toBe('bad')
  expect(toneOf(part({ state: 'open', verdict: null }))).toBe('neutral')
  expect(toneOf(part({ state: 'open', verdict: null, late: true }))).toBe('bad')
})

it('says whether an answer goes through the lead office', () => {
  const view = (state: string, merged: boolean, ...kinds: string[]) =>
    ({ state, joint: { merged }, timeline: kinds.map((kind) => ({ kind })) }) as unknown as CaseView
  expect(goesThroughLead(view('received', true, 'submitted', 'received', 'joint_answered'))).toBe(true)
  expect(goesThroughLead(view('received', false, 'submitted'))).toBe(false)
  expect(goesThroughLead(view('examining', true, 'submitted', 'accepted'))).toBe(false)
  expect(goesThroughLead(view('received', true, 'submitted', 'joint_returned', 'message_received'))).toBe(false)
  expect(goesThroughLead(view('received', true, 'submitted', 'joint_returned', 'correction_requested', 'corrected'))).toBe(true)
})
