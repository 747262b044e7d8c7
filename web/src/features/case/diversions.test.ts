import { describe, expect, it } from 'vitest'
import en from '@/locales/en/case.json'
import enAudit from '@/locales/en/audit.json'
import zhAudit from '@/locales/zh-CN/audit.json'
import zh from '@/locales/zh-CN/case.json'
import type { CaseCommand, CaseEntry, ProcedureOption } from './api'
import { blankDraft, DIVERSIONS, diversionBody, diversionsOf, faultsOf, isDiversion, isOfficeOnly, type Diversion, type Draft } from './diversions'
import { ACTIONS, entryTitle, STATES, type DiversionKey } from './model'

const action = (key: DiversionKey): Diversion => {
  const found = DIVERSIONS.find((one) => one.key === key)
  if (!found) throw new Error(key)
  return found
}
const option = (kind: ProcedureOption['kind'], until: string | null): ProcedureOption => ({ kind, name: kind, term: '', until, basis: '' })
const draft = (more: Partial<Draft> = {}): Draft => ({ ...blankDraft({ procedures: [], void: null }), text: ' 理由 ', ...more })
const bounds = { longest_extension: 10, today: '2026-11-22' }

const told = (command: string, code: string | null): CaseCommand => ({ command, allowed: code === null, code, reason: code && `因为 ${code}` })
const proposal = { at: '2026-11-22T01:00:00Z', by: '张建国', reason: '重复提交' }

it('offers what may be done and what somebody else has to approve, nothing of another state', () => {
  const offered = diversionsOf({ void: null, commands: [
    told('extend', 'approval.head_approves'),
    told('start_special_procedure', null),
    told('resume', 'approval.wrong_state'),
    told('transfer', 'approval.not_yours'),
    told('accept', null),
  ] })
  expect(offered.map((one) => [one.action.key, one.allowed, one.reason])).toEqual([
    ['start_special_procedure', true, null],
    ['extend', false, '因为 approval.head_approves'],
  ])
})

describe('a proposal to void', () => {
  const keys = (commands: CaseCommand[], waiting: typeof proposal | null) => diversionsOf({ commands, void: waiting }).map((one) => one.action.key)

  it('may be made where none waits', () => {
    expect(keys([told('propose_void', null), told('void', 'approval.void_not_proposed'), told('reject_void', 'approval.void_not_proposed')], null)).toEqual(['propose_void'])
    // The server looks at the post first: nothing to answer all the same.
    expect(keys([told('void', 'approval.head_approves'), told('reject_void', 'approval.head_approves')], null)).toEqual([])
  })

  it('has its answers first once it waits, with the reason why they are shut', () => {
    const commands = [told('propose_void', 'approval.void_proposed'), told('transfer', null), told('void', 'approval.second_person_voids'), told('reject_void', null)]
    expect(keys(commands, proposal)).toEqual(['void', 'reject_void', 'transfer'])
    expect(diversionsOf({ commands, void: proposal })[0]).toMatchObject({ allowed: false, reason: '因为 approval.second_person_voids' })
  })

  it('lends its reason to the answer that the applicant reads, and to no other', () => {
    const text = (key: DiversionKey) => blankDraft({ procedures: [], void: proposal }, key).text
    expect([text('void'), text('reject_void')]).toEqual(['重复提交', ''])
    expect(DIVERSIONS.filter(isOfficeOnly).map((one) => one.key)).toEqual(['reject_void', 'hand_over', 'propose_void'])
  })
})

it('tells rare actions from the others', () => {
  expect(DIVERSIONS.every(isDiversion)).toBe(true)
  expect(ACTIONS.some(isDiversion)).toBe(false)
})

describe('a fresh form', () => {
  const fresh = (procedures: ProcedureOption[]) => blankDraft({ procedures, void: null })

  it('has the only procedure and its end, and chooses none of several', () => {
    expect(fresh([option('hearing', '2026-12-11')])).toMatchObject({ procedure: 'hearing', planned_end: '2026-12-11' })
    expect(fresh([option('hearing', null)])).toMatchObject({ procedure: 'hearing', planned_end: '' })
    expect(fresh([option('hearing', null), option('test', null)])).toMatchObject({ procedure: '', planned_end: '' })
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

it('gives the holder of a promise time, and a bar an end', () => {
  const faults = (key: DiversionKey, more: Partial<Draft>) => faultsOf(action(key), draft(more), bounds)
  expect(faults('propose_revocation', { basis: '某法', answer_days: '4' })).toEqual({ answer_days: '请填写 5 至 60 的整数' })
  expect(faults('revoke_decision', { bar_months: '61' })).toEqual({ bar_months: '请填写 1 至 60 的整数' })
  expect(faults('order_rectification', { method: '现场核查', mend_by: '2026-11-22' })).toEqual({ mend_by: '整改截止日期应在今天之后' })
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
  ['check_commitment', { method: ' 现场核查 ' }, 'check-commitment', { method: '现场核查', reason: '理由' }],
  ['order_rectification', { method: '现场核查', mend_by: '2026-12-11' }, 'order-rectification', { method: '现场核查', mend_by: '2026-12-11', reason: '理由' }],
  ['propose_revocation', { basis: '某法', answer_days: '10' }, 'propose-revocation', { basis: '某法', answer_days: 10, reason: '理由' }],
  ['revoke_decision', { bar_months: '24' }, 'revoke-decision', { bar_months: 24, reason: '理由' }],
  ['keep_decision', {}, 'keep-decision', { reason: '理由' }],
  ['handle_externally', { organ: '国家平台', number: ' A-1 ' }, 'handle-externally', { organ: '国家平台', number: 'A-1', reason: '理由' }],
  ['hand_over', { successor_id: 'a1' }, 'hand-over', { successor_id: 'a1', reason: '理由' }],
  ['propose_void', {}, 'propose-void', { reason: '理由' }],
  ['void', {}, 'void', { reason: '理由' }],
  ['reject_void', {}, 'reject-void', { reason: '理由' }],
])('sends %s as the interface fixes it', (key, more, path, body) => {
  expect([action(key).path, diversionBody(action(key), draft(more))]).toEqual([path, body])
})

it('says in the history which procedure began and which organ goes on', () => {
  const entry = (kind: string, more: Partial<CaseEntry>) => entryTitle({ kind, ...more } as CaseEntry)
  expect(entry('special_procedure_started', { procedure: '专家评审' })).toBe('进入特别程序 · 专家评审')
  expect(entry('transferred', { organ: '市局' })).toBe('移送有权机关 · 市局')
  expect(entry('extended', { extension: '10个工作日' })).toBe('延长期限 · 延长 10个工作日')
  expect(entry('suspended', { ground: 'court' })).toBe('中止办理 · 等待人民法院的裁判')
})

it.each([['en', en, enAudit], ['zh-CN', zh, zhAudit]])('has words for all that happens, on the desk and in the audit (%s)', (_, texts, audit) => {
  const happened = [
    'special_procedure_ended', 'suspended', 'resumed', 'extended', 'terminated', 'reported_up', 'transferred', 'pre_review_passed', 'originals_verified',
    'returned', 'reminded', 'correction_lapsed', 'void_proposed', 'voided', 'void_rejected',
    'commitment_checked', 'rectification_ordered', 'revocation_proposed', 'statement_made', 'decision_revoked', 'decision_kept',
    'delivery_chosen', 'dispatched', 'receipt_confirmed', 'result_attached', 'parcel_returned', 'delivery_change_late', 'message_received', 'proxy_ended', 'message_sent', 'handed_over', 'handled_externally',
    'hearing_right_told', 'hearing_asked', 'hearing_waived', 'hearing_called', 'hearing_held',
    'opinion_asked', 'opinion_given', 'opinion_declined', 'opinion_withdrawn',
    'fee_noticed', 'fee_billed', 'fee_paid', 'fee_reduction_asked', 'fee_refund_asked', 'fee_proposed', 'fee_reduced', 'fee_exempted', 'fee_request_refused', 'fee_reminded', 'fee_lapsed', 'fee_cancelled', 'fee_refund_approved', 'fee_refunded', 'fee_refund_failed',
  ]
  expect(Object.keys(texts.event)).toEqual(expect.arrayContaining(happened))
  expect(Object.keys(audit.action.approval.case)).toEqual(expect.arrayContaining(happened))
  expect(Object.keys(texts.state).toSorted()).toEqual([...STATES].toSorted())
})
