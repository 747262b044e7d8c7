/** Licences in the place of an upload, as the applicant and the clerk at a counter see them. */
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import LicenceOffer from './LicenceOffer.vue'
import MaterialsRead from './MaterialsRead.vue'
import type { Requirement } from './types'

const PERMIT = { id: 'l1', type_code: 'T1', type_name: '食品经营许可证', number: 'JY001', mark: 'm', organ: '市场监管局', issued_on: '2026-11-20', valid_until: null }
const NAMED = [{ code: 'T1', name: '食品经营许可证' }]
const FILE = { id: 'f1', requirement_id: 'permit', file_name: '食品经营许可证 JY001.pdf', media_type: 'application/pdf', size: 9, handed_in: false, created_at: '2026-11-22T01:00:00Z', vault: null }
const requirement = (files: object[] = []) => ({ id: 'permit', name: '许可证', form: 'electronic', necessity: 'required', licence_types: NAMED, files }) as unknown as Requirement

const asked: string[] = []
function serve(...answers: (readonly [status: number, body: unknown])[]) {
  asked.length = 0
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push(`${init.method ?? 'GET'} ${url} ${typeof init.body === 'string' ? init.body : ''}`.trim())
    const [status, body] = answers[Math.min(asked.length, answers.length) - 1] ?? [500, {}]
    return Promise.resolve(new Response(JSON.stringify(body), { status }))
  })
}
afterEach(() => vi.unstubAllGlobals())

async function show(of: Requirement, counter = false) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const page = mount(LicenceOffer, { props: { application: { id: 'a1', applicant: { id_number: 'X' }, counter: counter ? {} : null } as never, requirement: of }, global: { plugins: [[VueQueryPlugin, { queryClient }]] } })
  await flushPromises()
  return page
}

it('offers those that fit, and takes the chosen one without an upload', async () => {
  const other = { ...PERMIT, id: 'l2', number: 'JY002', valid_until: '2031-11-19' }
  const fits = [{ requirement_id: 'permit', licence: PERMIT }, { requirement_id: 'permit', licence: other }, { requirement_id: 'elsewhere', licence: PERMIT }]
  serve([200, fits], [200, [FILE]])
  const page = await show(requirement())
  const lines = page.findAll('li').map((line) => line.text())
  expect(lines).toHaveLength(2)
  expect(lines[0]).toContain('JY001')
  expect(lines[0]).toContain('长期')
  expect(lines[1]).toContain('有效期至')
  await page.findAll('button')[1]?.trigger('click')
  await flushPromises()
  expect(asked[1]).toMatch(/^POST .*\/applications\/a1\/licences \{"requirement_id":"permit","licence_id":"l2"\}$/)
  expect(page.emitted('taken')).toEqual([[[FILE]]])
})

it('says which licence was taken, and asks nothing then', async () => {
  serve([200, []])
  const page = await show(requirement([{ ...FILE, licence: { ...PERMIT, taken_at: '2026-11-22T01:00:00Z' } }]))
  expect(page.text()).toContain('已用电子证照《食品经营许可证》（JY001')
  expect(asked).toEqual([])
})

it('says that there is none, and that nobody answers: one may upload all the same', async () => {
  serve([200, []])
  expect((await show(requirement())).text()).toContain('没有查到可用的有效电子证照（《食品经营许可证》）')
  serve([404, {}])
  expect((await show(requirement())).text()).toContain('也可以直接上传')
})

it('speaks of the applicant at a counter', async () => {
  serve([200, [{ requirement_id: 'permit', licence: PERMIT }]])
  expect((await show(requirement(), true)).text()).toContain('申请人有可以代替这份材料的电子证照')
})

it('names the licence where the application is read', () => {
  const material = requirement([{ ...FILE, licence: { ...PERMIT, taken_at: '2026-11-22T01:00:00Z' } }])
  expect(mount(MaterialsRead, { props: { id: 'a1', materials: [material] } }).text()).toContain('电子证照 JY001')
})
