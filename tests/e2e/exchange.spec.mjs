/** Exchange records: a head takes one case and a filter of the list out of the house, with a reason that the auditor reads. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const WHY = '按区数据局通知移交办件数据'

/** Fills in the dialog and returns what the browser was handed. */
async function taken(page, title, format) {
  const dialog = page.getByRole('dialog', { name: title })
  await press(button(dialog, say('exchange', 'export')))
  await dialog.getByText(say('exchange', 'reason_required', { n: 5 })).waitFor()
  await dialog.getByLabel(say('exchange', 'reason'), { exact: true }).fill(WHY)
  await dialog.getByText(format, { exact: true }).click()
  await shot(page, `exchange ${format}`)
  const [download] = await Promise.all([page.waitForEvent('download'), button(dialog, say('exchange', 'export')).click()])
  await dialog.waitFor({ state: 'hidden' })
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

test('a head exports a case and the list, a clerk cannot', async (t) => {
  const scene = await submitted()
  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(clerk)
  assert.equal(await button(clerk, say('exchange', 'export')).count(), 0)

  const head = await visit(t, { as: 'head_hr' })
  await head.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(head)
  const more = head.getByText(say('case', 'decision.more'), { exact: true })
  if (!(await button(head, say('exchange', 'export')).isVisible())) await more.click()
  await press(button(head, say('exchange', 'export')))
  const one = await taken(head, say('exchange', 'title_case'), 'XML')
  assert.equal(one.name, `${scene.number}.xml`)
  assert.match(one.text, /<ExchangeFile schema="tongban-case-exchange-1">/)
  assert.ok(one.text.includes(`<CaseNumber>${scene.number}</CaseNumber>`))

  await head.goto('/desk/cases?state=received')
  await settled(head)
  await press(button(head, say('exchange', 'export')))
  const many = await taken(head, say('exchange', 'title_list'), 'JSON')
  const file = JSON.parse(many.text)
  assert.equal(String(file.Cases.length), file.Count)
  assert.ok(file.Cases.some((one) => one.Application.CaseNumber === scene.number))
  assert.match(many.name, /^exchange-\d{8}\.json$/)

  const admin = await visit(t, { as: 'admin' })
  await admin.goto(`/admin/audit?object=${scene.caseId}`)
  await settled(admin)
  assert.ok((await admin.getByText(WHY).count()) >= 2)
  await shot(admin, 'exchange audit')

  const phone = await visit(t, { as: 'head_hr', phone: true })
  await phone.goto('/desk/cases?state=received')
  await settled(phone)
  await press(button(phone, say('exchange', 'export')))
  await phone.getByRole('dialog', { name: say('exchange', 'title_list') }).waitFor()
  await shot(phone, 'exchange phone')
})
