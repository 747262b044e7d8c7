/** Batches: five hundred numbers from a file with three bad rows, tried, revoked, run; and cases ticked in the list. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { person, PHONE, press, settled, shot, until, visit } from './city.mjs'
import { button } from './registration.mjs'
import { handedInMany } from './scenes.mjs'
import { say } from './texts.mjs'

const CASES = 497
const DESK = '/api/v1/approval/cases'
const accept = say('case', 'action.accept')

/** As spreadsheets save it on a Chinese computer: GBK, with 办件编号 as the head of the column. */
function list(numbers) {
  const head = Buffer.from('d0f2bac52cb0ecbcfeb1e0bac50d0a', 'hex')
  const lines = numbers.map((number, at) => `${at + 1},${number}\r\n`).join('')
  return { name: '待受理办件.csv', mimeType: 'text/csv', buffer: Buffer.concat([head, Buffer.from(lines)]) }
}

async function upload(page, file) {
  await page.goto('/desk/batches')
  await settled(page)
  await press(button(page, say('batch', 'by_list')))
  await page.getByLabel(say('batch', 'action')).selectOption({ label: accept })
  await page.locator('input[type=file]').setInputFiles(file)
  await shot(page, 'batch by list')
  await press(button(page, say('batch', 'try')))
  await page.getByText(say('batch', 'tried', { n: String(CASES), m: '3' })).waitFor()
  await settled(page)
}

test('a batch of 500 by CSV with 3 bad rows: tried, revoked in its window, run, downloaded', async (t) => {
  const numbers = await handedInMany(CASES)
  const file = list([...numbers.slice(0, 250), '4.30102E+20', numbers[0], ...numbers.slice(250), '430102202611229999999'])
  const page = await visit(t, { as: 'clerk_hr' })

  await upload(page, file)
  await shot(page, 'batch tried', { fullPage: false })
  await page.getByText('GB18030').waitFor()
  await press(page.getByRole('link', { name: new RegExp(say('batch', 'row.barred')) }))
  for (const why of ['科学计数法', '与前面的行重复', '没有这个办件编号']) await page.getByText(why).waitFor()
  await shot(page, 'batch bad rows')

  await press(button(page, say('batch', 'confirm', { n: String(CASES) })))
  await button(page, say('batch', 'revoke')).waitFor()
  await shot(page, 'batch window')
  await press(button(page, say('batch', 'revoke')))
  await page.getByText(say('batch', 'revoked_detail')).waitFor()
  await shot(page, 'batch revoked')
  const clerk = await person('clerk_hr')
  const first = await clerk.get(`${DESK}?q=${numbers[0]}`)
  assert.equal(first.items[0].state, 'received', 'a revoked batch did nothing')

  await upload(page, file)
  await press(button(page, say('batch', 'confirm', { n: String(CASES) })))
  await page.getByRole('progressbar').waitFor()
  await shot(page, 'batch running')
  await page.getByText(say('batch', 'finished', { n: String(CASES) })).waitFor({ timeout: 60_000 })
  await shot(page, 'batch finished')
  const last = await clerk.get(`${DESK}?q=${numbers.at(-1)}`)
  assert.equal(last.items[0].state, 'examining')

  const [download] = await Promise.all([page.waitForEvent('download'), press(page.getByRole('link', { name: say('batch', 'download') }))])
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n')
  assert.equal(lines.length, 501)
  assert.equal(lines.filter((line) => line.includes('"已办理"')).length, CASES)
  assert.equal(lines.filter((line) => line.includes('"预检未通过"')).length, 3)

  await page.setViewportSize(PHONE)
  await shot(page, 'batch finished phone')
  await page.goto('/desk/batches')
  await settled(page)
  await shot(page, 'batches phone')
})

test('cases ticked in the list: only valid actions with counts, done at once', async (t) => {
  const page = await visit(t, { as: 'clerk_hr' })
  const numbers = await handedInMany(3)
  await page.goto(`/desk/cases?state=received`)
  await settled(page)
  for (const number of numbers) await page.getByRole('row').filter({ hasText: number }).getByRole('checkbox').check()
  const bar = page.getByRole('region', { name: say('batch', 'bar') })
  await bar.getByText(say('batch', 'chosen', { n: '3' })).waitFor()
  await bar.getByText(say('batch', 'can', { n: '3' })).first().waitFor()
  assert.equal(await button(bar, say('case', 'action.decide_granted')).count(), 0, 'nothing that cannot be')
  await shot(page, 'batch bar')
  await press(button(bar, say('case', 'action.refuse')))
  const dialog = page.getByRole('dialog')
  await press(button(dialog, say('batch', 'try')))
  await dialog.getByText(say('batch', 'fault.reason')).waitFor()
  await shot(page, 'batch dialog')
  await press(button(dialog, say('batch', 'cancel')))
  await press(button(bar, accept))
  await press(button(dialog, say('batch', 'try')))
  await press(button(page, say('batch', 'confirm', { n: '3' })))
  await page.getByText(say('batch', 'finished', { n: '3' })).waitFor()
  const clerk = await person('clerk_hr')
  for (const number of numbers) {
    await until(`case ${number} under examination`, async () => (await clerk.get(`${DESK}?q=${number}`)).items[0].state === 'examining')
  }
})
