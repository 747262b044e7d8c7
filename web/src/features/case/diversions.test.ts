import { describe, expect, it } from 'vitest'
import zh from '@/locales/zh-CN/case.json'
import type { CaseCommand, CaseEntry, ProcedureOption } from './api'
import { blankDraft, DIVERSIONS, diversionBody, diversionsOf, faultsOf, isDiversion, type Diversion, type Draft } from './diversions'
import { ACTIONS, entryTitle, type DiversionKey } from './model'

const action = (key: DiversionKey): Diversion => {
  const found = DIVERSIONS.find((one) => one.key === key)
  if (!found) throw new Error(key)
  return found
}
const option = (kind: ProcedureOption['kind'], until: string | null): ProcedureOption => ({ kind, name: kind, term: '', until, basis: '' })
const draft = (more: Partial<Draft> = {}): Draft => ({ ...blankDraft({ procedures: [] }), text: ' 理由 ', ...more })
const bounds = { longest_extension: 10, today: '2026-11-22' }

it('offers what may be done and what somebody else has to approve, nothing of another state', () => {
  const told = (command: string, code: string | null): CaseCommand => ({ command, allowed: code === null, code, reason: code && `因为 ${code}` })
  const offered = diversionsOf([
    told('extend', 'approval.head_approves'),
    told('start_special_procedure', null),
    told('resume', 'approval.wrong_state'),
    told('transfer', 'approval.not_yours'),
    told('accept', null),
  ])
  expect(offered.map((one) => [one.action.key, one.allowed, one.reason])).toEqual([
    ['start_special_procedure', true, null],
    ['extend', false, '因为 approval.head_approves'],
  ])
})

it('tells rare actions from the others', () => {
  expect(DIVERSIONS.every(isDiversion)).toBe(true)
  expect(ACTIONS.some(isDiversion)).toBe(false)
})

describe('a fresh form', () => {
  it('has the only procedure and its end, and chooses none of several', () => {
    expect(blankDraft({ procedures: [option('hearing', '2026-12-11')] })).toMatchObject({ procedure: 'hearing', planned_end: '2026-12-11' })
    expect(blankDraft({ procedures: [option('hearing', null)] })).toMatchObject({ procedure: 'hearing', planned_end: '' })
    expect(blankDraft({ procedures: [option('hearing', null), option('test', null)] })).toMatchObject({ procedure: '', planned_end: '' })
  })
})

describe('what is missing', () => {
  const faults = (key: DiversionKey, more: Partial<Draft>) => faultsOf(action(key), draft(more), bounds)

  it('asks for what this action needs, and for a reason always', () => {
    expect(faults('resume', {})).toEqual({})
    expect(faults('resume', { text: ' ' })).toEqual({ text: '请填写恢复的理由' })
    expect(faults('suspend', {})).toEqual({ ground: '请选择中止的原因', basis: '请填写所依据的规定' })
    expect(faults('transfer', {})).toEqual({ organ: '请填写接收机关' })
  })

  it.each(['0', '11', '2.5', '-1', '五'])('takes no extension by %s', (days) => {
    expect(faults('extend', { days })).toEqual({ days: '请填写 1 至 10 的整数' })
  })

  it('takes an extension within bounds, and a plan from today on', () => {
    expect([faults('extend', { days: '1' }), faults('extend', { days: ' 10 ' })]).toEqual([{}, {}])
    const plan = (planned_end: string) => faults('start_special_procedure', { procedure: 'hearing', planned_end })
    expect([plan('2026-11-22'), plan('2026-11-21')]).toEqual([{}, { planned_end: '计划结束日期不能早于今天' }])
  })
})

it.each<[DiversionKey, Partial<Draft>, string, object]>([
  ['start_special_procedure', { procedure: 'test', planned_end: '2026-12-11' }, 'start-special-procedure', { procedure: 'test', planned_end: '2026-12-11', reason: '理由' }],
  ['end_special_procedure', {}, 'end-special-procedure', { finding: '理由' }],
  ['extend', { days: '5' }, 'extend', { days: 5, reason: '理由' }],
  ['suspend', { ground: 'court', basis: ' 某法第三条 ' }, 'suspend', { ground: 'court', basis: '某法第三条', reason: '理由' }],
  ['resume', {}, 'resume', { reason: '理由' }],
  ['terminate', { ground: 'fee_unpaid' }, 'terminate', { ground: 'fee_unpaid', reason: '理由' }],
  ['report_up', { organ: '市局' }, 'report-up', { organ: '市局', reason: '理由' }],
  ['transfer', { organ: '市局' }, 'transfer', { organ: '市局', reason: '理由' }],
])('sends %s as the interface fixes it', (key, more, path, body) => {
  expect([action(key).path, diversionBody(action(key), draft(more))]).toEqual([path, body])
})

it('says in the history which procedure began and which organ goes on', () => {
  const entry = (kind: string, more: Partial<CaseEntry>) => entryTitle({ kind, ...more } as CaseEntry)
  expect(entry('special_procedure_started', { procedure: '专家评审' })).toBe('进入特别程序 · 专家评审')
  expect(entry('transferred', { organ: '市局' })).toBe('移送有权机关 · 市局')
  expect(Object.keys(zh.event)).toEqual(expect.arrayContaining(['special_procedure_ended', 'suspended', 'resumed', 'extended', 'terminated', 'reported_up']))
})
