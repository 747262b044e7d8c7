/** An employer registers its people in one batch: sheet, report, mended, receipt; the office takes them all up at once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, PHONE, press, settled, shot, until, visit } from './city.mjs'
import { button } from './registration.mjs'
import { HIRING, PICTURE } from './scenes.mjs'
import { say } from './texts.mjs'

const DESK = '/api/v1/approval/cases'
const BATCHES = '/api/v1/intake/batches'
const HEAD = '姓名,公民身份号码,联系电话,学历,用工起始日期,用工形式,合同终止日期,工作岗位,工作地点'

/** A citizen id with its check character. */
function citizenId(first17) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, at) => all + weight * Number(first17[at]), 0)
  return first17 + '10X98765432'[sum % 11]
}

const PEOPLE = ['甲示例', '乙示例', '丙示例', '丁示例'].map((name, at) => ({ name, id: citizenId(`4301021990010100${at + 1}`) }))

/** The sheet as CSV; `spoil` makes the second row wrong and the last one the first person again. */
function sheet({ spoil }) {
  const rows = PEOPLE.map(({ name, id }, at) => {
    const number = spoil && at === 1 ? '430102199001010000' : spoil && at === 3 ? PEOPLE[0].id : id
    return `${name},${number},1990000010${at},大学专科,2026-01-05,无固定期限劳动合同,,服务员,芙蓉区文艺路街道识字里社区`
  })
  return { name: '就业登记.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${[HEAD, ...rows].join('\r\n')}\r\n`) }
}

async function upload(page, file) {
  await page.locator('input[type=file]').first().setInputFiles(file)
  await press(button(page, say('batch-apply', 'sheet.check')))
}

test('an employer applies for four people at once, and the office accepts them in one batch', async (t) => {
  const page = await visit(t, { as: 'agent1' })
  await page.goto(`/items/${HIRING.code}`)
  await settled(page)
  await press(page.getByRole('link', { name: say('guide', 'batch'), exact: true }))
  await page.getByText(say('batch-apply', 'begin.situation_lead')).waitFor()
  await page.getByLabel('已经签订').check()
  await press(button(page, say('batch-apply', 'begin.go')))
  await page.waitForURL(/\/batches\//)
  const id = page.url().split('/').at(-1)

  const agent = await person('agent1')
  const template = page.getByRole('link', { name: say('batch-apply', 'sheet.template') })
  await template.waitFor()
  const workbook = await agent.file(await template.getAttribute('href'))
  assert.equal(workbook.subarray(0, 2).toString(), 'PK', 'the template is a workbook')
  await shot(page, 'batch apply begun')

  await upload(page, sheet({ spoil: true }))
  await page.getByText(say('batch-apply', 'sheet.faulty', { n: '2', all: '4' })).waitFor()
  await page.getByText('与第 2 行是同一个人').waitFor()
  const report = await agent.file(await page.getByRole('link', { name: say('batch-apply', 'sheet.report') }).getAttribute('href'))
  assert.equal(report.subarray(0, 2).toString(), 'PK')
  assert.equal(await button(page, say('batch-apply', 'submit.go', { n: '4' })).isDisabled(), true)
  await shot(page, 'batch apply report')

  await upload(page, sheet({ spoil: false }))
  await page.getByText(say('batch-apply', 'sheet.fit', { n: '4' })).waitFor()
  await page.locator('#material-roster').locator('xpath=..').locator('input[type=file]').setInputFiles({ name: '花名册.png', mimeType: 'image/png', buffer: PICTURE })
  await until('the roster', async () => (await agent.get(`${BATCHES}/${id}`)).materials.find((one) => one.id === 'roster').files.length === 1)
  const go = button(page, say('batch-apply', 'submit.go', { n: '4' }))
  await until('a button to press', () => go.isEnabled())
  await press(go)
  await press(button(page.getByRole('dialog'), say('batch-apply', 'submit.yes')))
  await page.getByText(say('batch-apply', 'receipt.once')).waitFor()
  const batch = await until('all applications', async () => {
    const one = await agent.get(`${BATCHES}/${id}`)
    return one.state === 'submitted' && one
  })
  assert.equal(batch.row_states.made, 4)
  await page.getByText(batch.number).waitFor()
  const paper = await agent.file(`${BATCHES}/${id}/receipt`)
  assert.equal(paper.subarray(0, 4).toString(), '%PDF')
  await shot(page, 'batch apply receipt')

  const desk = await visit(t, { as: 'clerk_hr' })
  const clerk = await person('clerk_hr')
  const cases = await until('all on the desk', async () => {
    const { items } = await clerk.get(`${DESK}?q=${batch.number}`)
    return items.length === 4 && items
  })
  await desk.goto(`/desk/cases?q=${batch.number}`)
  await settled(desk)
  for (const { number } of cases) await desk.getByRole('row').filter({ hasText: number }).getByRole('checkbox').check()
  const bar = desk.getByRole('region', { name: say('batch', 'bar') })
  await press(button(bar, say('case', 'action.accept')))
  await press(button(desk.getByRole('dialog'), say('batch', 'try')))
  await press(button(desk, say('batch', 'confirm', { n: '4' })))
  await desk.getByText(say('batch', 'finished', { n: '4' })).waitFor()
  await desk.goto(`/desk/cases/${cases[0].id}`)
  await desk.getByText(say('case', 'head.batch'), { exact: true }).first().waitFor()
  await desk.getByText(batch.number).first().waitFor()

  await until('the progress at the employer', async () => (await agent.get(`${BATCHES}/${id}`)).application_states.examining === 4)
  await page.goto('/applications')
  await settled(page)
  await press(page.getByRole('link', { name: HIRING.name }).first())
  await page.getByRole('link', { name: new RegExp(say('application', 'state.examining')) }).waitFor()
  await shot(page, 'batch apply progress')
  await page.setViewportSize(PHONE)
  await shot(page, 'batch apply progress phone')
  const { items } = await agent.get(`${BATCHES}/${id}/rows`)
  await page.goto(`/applications/${items[0].application.id}`)
  await page.getByText(say('batch-apply', 'case.part', { number: batch.number, row: '1', rows: '4' })).waitFor()
})
