import { describe, expect, it } from 'vitest'
import type { FormDocument } from '@/form/document'
import type { CaseClock, CaseCommand, CaseMaterial, CaseStep, CaseView } from './api'
import {
  ACTIONS, bodyOf, fileName, hasFilter, isMarkable, leftOf, nameOf, neighbour, nextOf, noticeOf, offerOf, placesOf, placesToFix, queryOf, standingOf, stoppedOf,
  totalOf, uncompared, unexplained, withPhrase, type Words,
} from './model'

const form: FormDocument = {
  key: 'f',
  title: 'f',
  sections: [
    {
      key: 's',
      title: 's',
      fields: [
        { key: 'area', label: '经营面积', kind: 'number' },
        { key: 'staff', label: '人员', row_title: '从业人员', kind: 'repeat', fields: [{ key: 'name', label: '姓名', kind: 'text' }] },
      ],
    },
  ],
}
const material = (id: string, name: string, files: CaseMaterial['files'] = []): CaseMaterial => ({
  requirement_id: id, name, necessity: 'required', standard: '', waived: null, missing: files.length === 0, promised_by: null, committed: false, files, licences: [],
})
const file = (id: string, file_name: string) => ({ id, file_name, media_type: 'application/pdf', size: 1 })
const allow = (...names: string[]): CaseCommand[] =>
  ['receive', 'accept', 'refuse', 'request_correction', 'step', 'decide', 'close'].map((command) => ({
    command, code: null, allowed: names.includes(command), reason: names.includes(command) ? null : '不行',
  }))

describe('filters in the address', () => {
  it('keeps what the server knows and drops the rest', () => {
    expect(queryOf({ q: '4301', state: 'received', light: 'red', only: 'mine' }, false)).toEqual({
      q: '4301', state: 'received', light: 'red', mine: true, withdrawal: undefined,
    })
    expect(queryOf({ state: 'nonsense', light: ['red'], q: '' }, false)).toEqual({
      q: undefined, state: undefined, light: undefined, mine: undefined, withdrawal: undefined,
    })
  })

  it('asks the to-do list for what the office has to act on, never for an end', () => {
    expect(queryOf({}, true)).toMatchObject({ todo: true, state: undefined })
    expect(queryOf({ state: 'delivered' }, true).state).toBeUndefined()
    expect(queryOf({ state: 'decided' }, true).state).toBe('decided')
    expect(queryOf({ state: 'awaiting_originals' }, true).state).toBe('awaiting_originals')
    expect(queryOf({ state: 'special_procedure' }, true).state).toBe('special_procedure')
  })

  it('knows whether something is filtered', () => {
    expect([hasFilter({}), hasFilter({ scope: 'all' }), hasFilter({ light: 'red' })]).toEqual([false, false, true])
  })

  it('adds the states up', () => {
    expect(totalOf({ states: { received: 2, decided: 9, examining: 1 }, lights: {}, mine: 0, withdrawals: 0, supervised: 0, letters: 0, opinions: 0, mentions: 0, fees: {} })).toBe(12)
    expect(totalOf(undefined)).toBeUndefined()
  })
})

it('walks the queue without falling off its ends', () => {
  const rows = [{ id: 'a' }, { id: 'b' }]
  expect(neighbour(rows, undefined, 1)?.id).toBe('a')
  expect(neighbour(rows, 'a', 1)?.id).toBe('b')
  expect(neighbour(rows, 'b', 1)).toBeUndefined()
  expect(neighbour(rows, 'a', -1)).toBeUndefined()
  expect(neighbour(rows, 'gone', -1)).toBeUndefined()
})

describe('what can be done', () => {
  it('has one primary action, the destructive ones apart, the rest with reasons', () => {
    const offer = offerOf(allow('accept', 'refuse', 'request_correction'), 0)
    expect(offer.primary?.key).toBe('accept')
    expect(offer.others.map((one) => one.key)).toEqual(['request_correction'])
    expect(offer.dangers.map((one) => one.key)).toEqual(['refuse'])
    expect(offer.blocked.map((one) => one.command)).toEqual(['receive', 'step', 'decide', 'close'])
    expect(offer.blocked[0]?.reason).toBe('不行')
  })

  it('puts the notice first once something is marked for correction', () => {
    expect(offerOf(allow('accept', 'request_correction'), 1).primary?.key).toBe('request_correction')
    // Where no notice may go out, marks change nothing.
    expect(offerOf(allow('step'), 1).primary?.key).toBe('step_pass')
  })

  it('passes the pre-review instead of receiving where originals are wanted', () => {
    const shut = (command: string, code: string): CaseCommand => ({ command, allowed: false, code, reason: code })
    const offer = offerOf([shut('receive', 'approval.originals_wanted'), { command: 'pass_pre_review', allowed: true, code: null, reason: null }], 0)
    expect([offer.primary?.key, offer.blocked]).toEqual(['pass_pre_review', []])
    expect(nextOf([], offer.primary)).toBe('originals')
    const blocked = offerOf([shut('verify_originals', 'approval.wrong_state'), shut('pass_pre_review', 'approval.no_originals_wanted')], 0).blocked
    expect(blocked).toEqual([])
  })

  it('sends what is to go by courier before it delivers', () => {
    const both = ['deliver', 'dispatch'].map((command): CaseCommand => ({ command, allowed: true, code: null, reason: null }))
    expect(offerOf(both, 0, 'dispatch')).toMatchObject({ primary: { key: 'dispatch' }, others: [{ key: 'deliver' }] })
    expect(offerOf(both, 0).primary?.key).toBe('deliver')
  })

  it('never makes a destructive action the primary one', () => {
    expect(offerOf(allow('refuse'), 0).primary).toBeUndefined()
    expect(offerOf(allow(), 0)).toMatchObject({ primary: undefined, others: [], dangers: [] })
  })

  it.each([
    ['accept', {}],
    ['refuse', { kind: 'refused', reason: '不属于本机关' }],
    ['request_correction', { fields: ['/area'], materials: ['plan'], reason: '不属于本机关' }],
    ['step_return', { outcome: 'return', opinion: '不属于本机关' }],
    ['decide_denied', { result: 'denied', reason: '不属于本机关' }],
    ['withdrawal_rejected', { granted: false, reason: '不属于本机关' }],
  ])('sends %s as the interface fixes it', (key, body) => {
    const words: Words = { text: '不属于本机关', kind: 'refused', fields: ['/area'], materials: ['plan'] }
    const action = ACTIONS.find((one) => one.key === key)
    if (!action) throw new Error(key)
    expect(bodyOf(action, words)).toEqual(body)
  })

  it('says who comes next', () => {
    const steps: CaseStep[] = [
      { id: '1', name: '初审', post: 'clerk', term: '', standard: '', status: 'current' },
      { id: '2', name: '复核', post: 'head', term: '', standard: '', status: 'waiting' },
    ]
    const of = (key: string) => ACTIONS.find((one) => one.key === key)
    expect(nextOf(steps, of('step_pass'))).toBe(steps[1])
    expect(nextOf([{ ...(steps[1] as CaseStep), status: 'current' }], of('step_pass'))).toBe('decide')
    expect(nextOf([], of('accept'))).toBe('decide')
    expect(nextOf(steps, of('request_correction'))).toBe('applicant')
  })
})

describe('marks and the notice', () => {
  const view = { form, materials: [material('plan', '平面图')] }
  const marks = {
    plan: { verdict: 'fix' as const, note: ' 缺少操作流程标注。' },
    '/area': { verdict: 'fix' as const, note: '' },
    '/staff/0/name': { verdict: 'ok' as const, note: '' },
  }

  it('lists fields and materials apart, only those to correct', () => {
    expect(placesToFix(marks)).toEqual({ fields: ['/area'], materials: ['plan'] })
  })

  it('writes every defect on its own line', () => {
    expect(noticeOf(view, marks).split('\n')).toEqual(['1. 经营面积需要补正', '2. 平面图：缺少操作流程标注'])
    expect(noticeOf(view, {})).toBe('')
  })

  it('names places for people', () => {
    expect(nameOf('/staff/1/name', form, [])).toBe('从业人员 2 · 姓名')
    expect(nameOf('gone', form, [])).toBe('gone')
  })

  it('marks rows one by one, not their group', () => {
    const shown = new Set(['/area', '/staff', '/staff/0/name'])
    expect(placesOf(shown, form, [material('plan', '平面图')])).toEqual(['/area', '/staff/0/name', 'plan'])
  })

  it('marks nothing that nobody has to hand in', () => {
    const waived = { ...material('licence', '营业执照'), waived: '通过数据共享核验' }
    expect([isMarkable(material('plan', '平面图')), isMarkable(waived)]).toEqual([true, false])
    expect(placesOf(new Set(), form, [material('plan', '平面图'), waived])).toEqual(['plan'])
  })

  it('wants to know what is wrong with each', () => {
    expect(unexplained(marks)).toBe('/area')
    expect(unexplained({ ...marks, '/area': { verdict: 'fix', note: ' \n' } })).toBe('/area')
    expect(unexplained({ ...marks, '/area': { verdict: 'fix', note: '填写有误' } })).toBeUndefined()
    // What is fine needs no words.
    expect(unexplained({ plan: { verdict: 'ok', note: '' } })).toBeUndefined()
  })

  it('sets a quick phrase behind what stands there, once', () => {
    expect(withPhrase('', '缺少签章')).toBe('缺少签章')
    expect(withPhrase('第 2 页模糊。', '缺少签章')).toBe('第 2 页模糊，缺少签章')
    expect(withPhrase('缺少签章', '缺少签章')).toBe('缺少签章')
  })
})

it('lends a masked file the name of its material', () => {
  const two = material('plan', '平面图', [file('1', '.pdf'), file('2', '*.png')])
  expect(fileName(two, file('2', '*.png'))).toBe('平面图 2.png')
  expect(fileName(material('plan', '平面图', [file('1', '.pdf')]), file('1', '.pdf'))).toBe('平面图.pdf')
  expect(fileName(two, file('1', '店面照片.pdf'))).toBe('店面照片.pdf')
})

it('names the originals that are still to be compared', () => {
  const originals = [{ requirement_id: 'id_card', name: '身份证' }, { requirement_id: 'lease', name: '租赁合同' }]
  expect([uncompared(originals, []), uncompared(originals, ['lease']), uncompared(originals, ['lease', 'id_card'])]).toEqual(['身份证、租赁合同', '身份证', ''])
})

describe('a finished case', () => {
  it('that closed without a result has nothing to deliver', () => {
    const words = (state: CaseView['state'], result: string | null) => standingOf({ state, result })
    expect([words('closed', null), words('closed', 'denied'), words('received', null)]).toEqual(['逾期未补正，已结束', '待送达', '待受理'])
  })

  const clock = (kind: string, stopped_on: string | null, remaining_working_days: number | null): CaseClock => ({
    kind, stopped_on, remaining_working_days, start: '2026-11-02', term: '20 个工作日', due: '2026-11-30', due_at: null, overdue: false,
    open_pause: null, alarm: null, missing_year: null, lines: [], derivation: null,
  })
  const view = (result: string | null, decided_at: string | null = null) => ({ result, moments: { decided_at } as CaseView['moments'] })

  it('says when it ended and how it stood to the promise', () => {
    expect(stoppedOf(clock('promised', '2026-11-20', 6), view('granted'))).toBe('已于 2026-11-20 办结，比承诺时限提前 6 个工作日')
    expect(stoppedOf(clock('promised', '2026-12-02', -2), view('denied'))).toBe('已于 2026-12-02 办结，超过承诺时限 2 个工作日')
    expect(stoppedOf(clock('promised', '2026-11-30', 0), view('granted'))).toBe('已于 2026-11-30 办结')
    expect(stoppedOf(clock('legal', '2026-11-20', 6), view('granted'))).toBe('已于 2026-11-20 办结')
    expect(stoppedOf(clock('legal', '2026-11-20', 6), view(null))).toBe('已于 2026-11-20 停止计时')
  })

  it('boasts of nothing that the server has not counted', () => {
    expect(stoppedOf(clock('promised', null, 5), view('granted', '2026-11-20T08:00:00Z'))).toBe('已于 2026-11-20 办结')
  })

  it('leaves a clock alone that runs', () => {
    expect(stoppedOf(clock('promised', null, 5), view(null))).toBeUndefined()
    expect(stoppedOf(clock('delivery', null, 5), view('granted', '2026-11-20T08:00:00Z'))).toBeUndefined()
  })

  it('names the delivery in lists, where it is all that runs', () => {
    expect(leftOf({ light: 'green', due_kind: 'promised', remaining_working_days: 5 })).toBe('剩余 5 个工作日')
    expect(leftOf({ light: null, due_kind: 'delivery', remaining_working_days: 5 })).toBe('送达期限剩余 5 个工作日')
    expect(leftOf({ light: 'grey', due_kind: 'procedure', remaining_working_days: 5 })).toBe('特别程序剩余 5 个工作日')
    expect(leftOf({ light: null, due_kind: null, remaining_working_days: 5 })).toBeUndefined()
    expect(leftOf({ light: null, due_kind: 'delivery', remaining_working_days: null })).toBeUndefined()
  })
})
