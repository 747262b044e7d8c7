import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { flowOf } from './flow'
import GuideProcedures from './GuideProcedures.vue'
import { forgetAnswers, keepAnswers, keptAnswers } from './kept'
import { barredBy, byLevel, conditionsBy, marked, materialsFor, standingOf, unanswered } from './model'
import SearchBox from './SearchBox.vue'
import SituationGuide from './SituationGuide.vue'
import type { Department, ItemDocument, ItemGuide } from './types'

const item = JSON.parse(readFileSync('../crates/tongban/demo/items/unemployment_registration.json', 'utf8')) as ItemDocument
const freight = JSON.parse(readFileSync('../crates/tongban/demo/items/freight_permit.json', 'utf8')) as ItemDocument

it('tells beforehand that a correction not made in time ends the case, where it does', () => {
  const accept = (correction_lapses: boolean) =>
    flowOf({ ...(item as ItemGuide), case_kind: 'promised', correction_lapses }).find((step) => step.key === 'accept')?.detail
  expect(accept(true)).toContain('逾期不补正的，结束办理')
  expect(accept(false)).not.toContain('逾期')
})

describe('the situation', () => {
  const ids = (answers: Record<string, string>) => materialsFor(item, answers).map((one) => one.id)

  it('chooses the materials: common ones always, others with their answer alone', () => {
    expect(ids({})).toEqual(['id_card'])
    expect(ids({ residence: 'permit', reason: 'employer' })).toEqual(['id_card', 'residence_proof', 'termination_proof'])
    expect(ids({ reason: 'graduate' })).toEqual(['id_card', 'school_proof'])
    // An option's id under another question asks for nothing.
    expect(ids({ status: 'graduate' })).toEqual(['id_card'])
  })

  it('bars the way with the reason, and knows what is open', () => {
    expect(barredBy(item.situations, { status: 'jobless' })).toBeUndefined()
    expect(barredBy(item.situations, { status: 'employed' })).toContain('不属于失业登记范围')
    expect(unanswered(item.situations, { status: 'jobless', reason: 'gone' }).map((one) => one.id)).toEqual(['residence', 'reason'])
  })

  it('tells which condition fails, and why', () => {
    const states = (answers: Record<string, string>) => conditionsBy(item, answers).map((one) => one.state)
    expect(states({})).toEqual(['open', 'open', 'open'])
    expect(states({ status: 'employed', residence: 'permit' })).toEqual(['open', 'failed', 'met'])
    expect(conditionsBy(item, { status: 'employed' })[1]?.reason).toContain('不属于失业登记范围')
    expect(states({ status: 'jobless', residence: 'permit' })).toEqual(['met', 'met', 'met'])
  })

  it('says at once that an answer bars the way', async () => {
    const page = mount(SituationGuide, { props: { situations: item.situations, modelValue: {} } })
    await page.get('input[value="employed"]').setValue(true)
    expect(page.emitted('update:modelValue')?.at(-1)).toEqual([{ status: 'employed' }])
    await page.setProps({ modelValue: { status: 'employed' } })
    expect(page.get('[role="status"]').text()).toContain('暂不能申请')
  })
})

it('tells required, deferrable, waived and paper apart', () => {
  expect(item.materials[0] && standingOf(item.materials[0])).toBe('waived')
  expect(new Set(freight.materials.map(standingOf))).toEqual(new Set(['waived', 'required', 'deferrable']))
  const plain = freight.materials.find((one) => one.waived === null)
  expect(plain && standingOf({ ...plain, form: 'paper' })).toBe('paper')
})

it('lists special procedures with how long they take, which no term counts', () => {
  const farm = JSON.parse(readFileSync('../crates/tongban/demo/items/animal_epidemic_prevention.json', 'utf8')) as ItemDocument
  const hearing = { kind: 'hearing' as const, name: '听证', term: { length: 20, unit: 'working_days' as const }, basis: '' }
  const page = mount(GuideProcedures, { props: { list: [...farm.special_procedures, hearing] } })
  expect(page.text()).toContain('所需时间不计算在办理时限内')
  expect(page.findAll('li').map((one) => one.findAll('p').map((line) => line.text()))).toEqual([
    ['动物防疫条件专家评审专家评审', '最长 15 个工作日', '依据：《中华人民共和国行政许可法》第四十五条'],
    ['听证', '最长 20 个工作日'],
  ])
})

it('puts departments under their level', () => {
  const of = (code: string, region: string) => ({ code, region }) as Department
  const groups = byLevel([of('a', '430102'), of('b', '430100'), of('c', '430102001'), of('d', '4301')])
  expect(groups.map((group) => [group.level, group.list.map((one) => one.code)])).toEqual([
    ['city', ['b', 'd']],
    ['district', ['a']],
    ['town', ['c']],
  ])
})

it.each([
  ['失业登记', '登记', [['失业', false], ['登记', true]]],
  ['失业登记', 'sydj', [['失业登记', false]]],
  ['失业登记', ' ', [['失业登记', false]]],
  ['A.B(C)', '.b(', [['A', false], ['.B(', true], ['C)', false]]],
])('marks %s with %j', (name, words, parts) => {
  expect(marked(name, words).map((part) => [part.text, part.hit])).toEqual(parts)
})

it('keeps answers for their item only', () => {
  keepAnswers('a', { q: '1' })
  expect([keptAnswers('a'), keptAnswers('b')]).toEqual([{ q: '1' }, {}])
  forgetAnswers()
  expect(keptAnswers('a')).toEqual({})
})

describe('search field', () => {
  const rows = ['失业登记', '失业保险'].map((name, at) => ({ code: `c${at}`, name, department_name: '人社局' }))
  const asked = vi.fn<(url: string) => void>()

  beforeEach(() => {
    vi.useFakeTimers()
    asked.mockClear()
    vi.stubGlobal('fetch', (url: string) => {
      asked(url)
      return Promise.resolve(new Response(JSON.stringify({ items: rows, next_cursor: null })))
    })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  async function typed(words: string) {
    const component = { template: '<i />' }
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/', component }, { path: '/items/:code', name: 'item', component }],
    })
    const page = mount(SearchBox, { global: { plugins: [router, [VueQueryPlugin, { queryClient: new QueryClient() }]] }, attachTo: document.body })
    await page.get('input').setValue(words)
    await vi.advanceTimersByTimeAsync(300)
    await flushPromises()
    return { page, router }
  }

  it('suggests after a pause, chooses with the arrows and opens with Enter', async () => {
    const { page, router } = await typed('sy')
    expect(asked).toHaveBeenCalledTimes(1)
    expect(asked.mock.calls[0]?.[0]).toContain('q=sy')
    const input = page.get('input')
    expect(input.attributes('aria-expanded')).toBe('true')
    await input.trigger('keydown', { key: 'ArrowDown' })
    await input.trigger('keydown', { key: 'ArrowDown' })
    expect(page.findAll('[role="option"]').map((one) => one.attributes('aria-selected'))).toEqual(['false', 'true'])
    expect(input.attributes('aria-activedescendant')).toBe(page.findAll('[role="option"]')[1]?.attributes('id'))
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(router.currentRoute.value.params.code).toBe('c1')
    expect(page.emitted('search')).toBeUndefined()
  })

  it('searches for the words where nothing is chosen, and closes with Esc', async () => {
    const { page } = await typed(' 失业 ')
    await page.get('input').trigger('keydown', { key: 'Escape' })
    expect(page.get('input').attributes('aria-expanded')).toBe('false')
    await page.get('form').trigger('submit')
    expect(page.emitted('search')).toEqual([['失业']])
  })
})
