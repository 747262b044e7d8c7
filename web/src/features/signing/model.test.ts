/** Signatures by several: who is left, what may be done, where faults belong. */
import { describe, expect, it } from 'vitest'
import type { Signer, Signing } from './api'
import { faultsAt, faultsOfAll, isDeclined, isFrozen, maySubmit, missingOf, nobody, signedCount, wantsSignatures } from './model'

const signer = (state: Signer['state']): Signer => ({
  id: state, organisation: false, name: '李示例', id_number: '430102195803129993', phone: '', state, signature: null, signed_at: null, reason: '',
})
const signing = (state: Signing['state'], ...states: Signer['state'][]): Signing => ({
  role: '质权人', min: 1, max: 3, term: { length: 10, unit: 'working_days' }, state, asked_at: null, until: null, may_urge: false, signers: states.map(signer),
})

describe('signatures of co-applicants', () => {
  it('stand before the hand-in wherever somebody has to sign', () => {
    expect(maySubmit(null)).toBe(true)
    expect(maySubmit(signing(null))).toBe(false)
    expect(maySubmit(signing('open', 'signed', 'asked'))).toBe(false)
    expect(maySubmit(signing('complete', 'signed'))).toBe(true)
    const free = { ...signing(null), min: 0 }
    expect(wantsSignatures(free)).toBe(false)
    expect(maySubmit(free)).toBe(true)
    expect(maySubmit({ ...free, signers: [signer('named')] })).toBe(false)
  })

  it('freeze the draft until they are taken back or have lapsed', () => {
    expect([signing('open'), signing('complete'), signing('taken_back'), signing('lapsed'), signing(null), null].map(isFrozen)).toEqual([true, true, false, false, false, false])
    expect(isDeclined(signing('open', 'signed', 'declined'))).toBe(true)
    expect(signedCount(signing('open', 'signed', 'declined', 'asked'))).toBe(1)
  })

  it('put each fault beside its field', () => {
    const fault = (path: string, message: string) => ({ path, code: 'x', message, args: {} })
    const fields = [fault('/co_applicants/1/id_number', '号码有误'), fault('/co_applicants', '最多 3 名'), fault('/co_applicants/0', '李示例尚未签署'), fault('/form/name', '必填')]
    expect(faultsAt(fields, 1)).toEqual({ id_number: '号码有误' })
    expect(faultsAt(fields, 0)).toEqual({})
    expect(faultsOfAll(fields)).toEqual(['最多 3 名', '李示例尚未签署'])
  })

  it('ask for everything of somebody new', () => {
    expect(missingOf(nobody())).toEqual(['name', 'id_number', 'phone'])
    expect(missingOf({ ...nobody(), name: '李示例', id_number: ' ' })).toEqual(['id_number', 'phone'])
  })
})
