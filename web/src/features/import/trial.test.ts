import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ImportReport } from './api'
import TrialImport from './TrialImport.vue'

const report = (total: number) => ({ dry_run: true, total, accepted: total, rejected: [], warnings: [] }) as unknown as ImportReport

/** Trials that are under way, each to be answered when the test says so. */
let answers: { resolve: (report: ImportReport) => void; reject: (why: unknown) => void }[] = []
beforeEach(() => {
  answers = []
})

function opened() {
  return mount(TrialImport, {
    props: {
      file: { label: '文件', help: '', missing: '请选择文件', accept: '.csv' },
      flag: { name: 'publish', label: '同时发布' },
      ask: () => '确定？',
      send: () => new Promise<ImportReport>((resolve, reject) => answers.push({ resolve, reject })),
      besides: '430102',
    },
    global: { stubs: { ReportView: { props: ['report'], template: '<p class="report">{{ report.total }}</p>' } } },
  })
}

async function choose(page: ReturnType<typeof opened>, name: string) {
  const input = page.get('input[type="file"]')
  Object.defineProperty(input.element, 'files', { value: [new File(['x'], name)], configurable: true })
  await input.trigger('change')
}

describe('trying out an import', () => {
  it('shows what the trial says and offers to take it in', async () => {
    const page = opened()
    await choose(page, '甲.csv')
    await page.get('form').trigger('submit')
    answers[0]?.resolve(report(3))
    await flushPromises()
    expect(page.get('.report').text()).toBe('3')
    expect(page.text()).toContain('正式导入')
  })

  it.each([
    ['file', (page: ReturnType<typeof opened>) => choose(page, '乙.csv')],
    ['wish', (page: ReturnType<typeof opened>) => page.get('input[type="checkbox"]').setValue(true)],
    ['region', (page: ReturnType<typeof opened>) => page.setProps({ besides: '430103' })],
  ])('drops a report of another %s than is chosen by then', async (_, change) => {
    const page = opened()
    await choose(page, '甲.csv')
    await page.get('form').trigger('submit')
    await change(page)
    answers[0]?.resolve(report(3))
    await flushPromises()
    expect(page.find('.report').exists()).toBe(false)
    expect(page.text()).not.toContain('正式导入')
    await page.get('form').trigger('submit')
    answers[1]?.resolve(report(5))
    await flushPromises()
    expect(page.get('.report').text()).toBe('5')
  })

  it('keeps the trouble of another file to itself', async () => {
    const page = opened()
    await choose(page, '甲.csv')
    await page.get('form').trigger('submit')
    await choose(page, '乙.csv')
    answers[0]?.reject(new TypeError('no network'))
    await flushPromises()
    expect(page.find('[role="alert"]').exists()).toBe(false)
  })
})
