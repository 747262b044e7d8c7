import { expect, it } from 'vitest'
import type { CaseView } from '@/features/case/api'
import type { Hearing } from './api'
import { allowedSteps, askersOf, blankPerson, dayFault, isToldOpen, mayHear, momentOf, personsOf } from './model'

it('is offered while a case is examined, and stays to be seen', () => {
  const view = (state: string, hearing: unknown = null) => ({ state, hearing }) as CaseView
  expect(['received', 'examining', 'suspended', 'decided'].map((state) => mayHear(view(state)))).toEqual([false, true, true, false])
  expect(mayHear(view('decided', {}))).toBe(true)
})

it('offers the steps that are allowed, in their order', () => {
  const told = (command: string, allowed: boolean) => ({ command, allowed, code: null, reason: null })
  const commands = [told('waive_hearing', true), told('ask_hearing', true), told('call_hearing', false), told('decide', true)]
  expect(allowedSteps({ commands } as unknown as CaseView)).toEqual(['ask_hearing', 'waive_hearing'])
})

it('takes persons who are named and can be reached, and leaves empty rows out', () => {
  const person = (name: string, contact: string, interest = '') => ({ name, contact, interest })
  expect(personsOf([person(' 李示例 ', '1 '), blankPerson()])).toEqual([person('李示例', '1')])
  expect(personsOf([blankPerson()])).toBeUndefined()
  expect(personsOf([person('李示例', '1'), person('王示例', ' ')])).toBeUndefined()
  expect(personsOf([person('', '', '相邻')])).toBeUndefined()
})

it('needs nobody new where those told before stay told', () => {
  expect(personsOf([blankPerson()], true)).toEqual([])
  expect(personsOf([{ name: '李示例', contact: '', interest: '' }], true)).toBeUndefined()
  expect([isToldOpen({ stage: 'told', unasked: false }), isToldOpen({ stage: 'told', unasked: true }), isToldOpen(null)]).toEqual([true, false, false])
})

it('tells persons with the same masked name apart, and who has asked from who can', () => {
  const hearing = {
    persons: [{ name: '李*例', contact: '138****0000' }, { name: '李*例', contact: '138****0001' }],
    asked: [{ person: 1 }],
  } as unknown as Hearing
  expect(askersOf(hearing, (asked) => !asked).map((one) => one.label)).toEqual(['申请人', '利害关系人 1：李*例（138****0000）'])
  expect(askersOf(hearing, (asked) => asked).map((one) => one.value)).toEqual(['1'])
})

it('takes a day between two others', () => {
  expect(['2026-11-24', '2026-12-01'].map((day) => dayFault(day, '2026-11-24', '2026-12-01'))).toEqual([undefined, undefined])
  expect(['', '2026-11-23', '2026-12-02'].every((day) => dayFault(day, '2026-11-24', '2026-12-01') !== undefined)).toBe(true)
})

it('reads day and time as the office has them', () => {
  expect(momentOf('2026-12-10', '09:30')).toBe('2026-12-10T01:30:00.000Z')
  expect([momentOf('', '09:30'), momentOf('2026-12-10', ''), momentOf('2026-13-40', '09:30')]).toEqual([undefined, undefined, undefined])
})
