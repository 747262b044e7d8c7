/** A licence in the place of an upload, as the desk sees it. */
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { CaseLicence, CaseView } from './api'
import { checksOf } from './checks'
import MaterialLicence from './MaterialLicence.vue'

const licence = (standing: CaseLicence['standing'], ended_on: string | null): CaseLicence => ({
  file_id: 'f1', id: 'l1', type_code: 'T1', type_name: '食品经营许可证', number: 'JY001', mark: 'm', organ: '市场监管局', issued_on: '2026-11-20',
  valid_until: null, taken_at: '2026-11-22T01:00:00Z', standing, ended_on,
})
const show = (one: CaseLicence) => mount(MaterialLicence, { props: { licence: one } })

it('names a licence in force and leads to where anybody verifies it', () => {
  const page = show(licence('valid', null))
  expect(page.text()).toContain('电子证照《食品经营许可证》 JY001')
  expect(page.find('.ended').exists()).toBe(false)
  expect(page.get('a').attributes('href')).toBe('/verify?number=JY001')
})

it.each([['revoked', '已撤销'], ['deregistered', '已注销'], ['expired', '已过期']] as const)('warns of one that is %s', (standing, word) => {
  const page = show(licence(standing, '2026-11-23'))
  expect(page.find('.ended').exists()).toBe(true)
  expect(page.text()).toContain(`${word}（2026-11-23 起不再有效）`)
})

it('checks licences where there are any', () => {
  const view = (licences: CaseLicence[]) =>
    ({ materials: [{ requirement_id: 'permit', name: '许可证', necessity: 'required', missing: false, licences }], form: null, situation: [], clocks: { alarm: null, clocks: [] }, correction: null, answers: {} }) as unknown as CaseView
  const found = (licences: CaseLicence[]) => checksOf(view(licences)).find((one) => one.key === 'licences')
  expect(found([])).toBeUndefined()
  expect(found([licence('valid', null)])?.verdict).toBe('ok')
  expect(found([licence('revoked', '2026-11-23')])).toMatchObject({ verdict: 'bad', words: '已经失效：食品经营许可证 JY001' })
})
