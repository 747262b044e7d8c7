/** Administrative penalties: entered or imported by one, published by another, masked for the public, ended. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, PHONE, press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { say } from './texts.mjs'

const w = (key, args) => say('penalty', key, args)
/** A number that no other run of this city has used. */
const number = (n) => `芙人社罚〔2026〕${Date.now()}${n}号`

const PERSON = { party: '欧阳样例', offence: '骗取失业保险待遇', facts: '当事人隐瞒就业情况领取待遇。', basis: '《失业保险条例》第二十八条', content: '罚款 500 元。', fine: '500' }

async function fill(dialog, fields) {
  for (const [name, value] of Object.entries(fields)) await dialog.getByLabel(w(`field.${name}`)).fill(value)
}

test('a penalty of a person is entered, checked by somebody else, shown masked and ended by repair', async (t) => {
  const document = number(1)
  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto('/desk/penalties')
  await press(button(clerk, w('enter')))
  const dialog = clerk.getByRole('dialog', { name: w('enter') })
  await dialog.getByLabel(w('field.party_kind')).selectOption('person')
  await fill(dialog, { ...PERSON, document_number: document, decided_on: '2026-11-20', shown_until: '2026-11-30' })
  await dialog.getByLabel(w('field.kinds')).fill('罚款')
  expects(clerk, /422/)
  await press(button(dialog, w('save')))
  await dialog.getByText('公示截止期应在决定日期后三个月至三年之间').waitFor()
  await shot(clerk, 'penalty fault 1440')
  await dialog.getByLabel(w('field.shown_until')).fill('2027-11-19')
  await press(button(dialog, w('save')))
  await dialog.waitFor({ state: 'hidden' })
  const row = (page) => page.getByRole('row').filter({ hasText: document })
  await row(clerk).getByText(w('state.proposed')).waitFor()
  assert.equal(await row(clerk).getByRole('button', { name: w('command.publish') }).count(), 0, 'a clerk does not publish')

  const head = await visit(t, { as: 'head_hr' })
  await head.goto('/desk/penalties?state=proposed')
  await press(row(head).getByRole('button', { name: `${w('command.publish')} ${document}` }))
  await press(button(head.getByRole('dialog'), w('command.publish')))
  await head.getByRole('status').filter({ hasText: w('done.publish') }).waitFor()
  await settled(head)
  await shot(head, 'penalties register 1440')

  const everybody = await visit(t)
  await everybody.goto(`/publicity?tab=penalties&q=${encodeURIComponent(document)}`)
  await row(everybody).getByText('欧**例').waitFor()
  assert.equal(await everybody.getByText('欧阳样例').count(), 0, 'the name is nowhere whole')
  await settled(everybody)
  await shot(everybody, 'publicity penalties 1440', { fullPage: true })
  await everybody.setViewportSize(PHONE)
  await settled(everybody)
  await shot(everybody, 'publicity penalties 390', { fullPage: true })

  await head.goto(`/desk/penalties?q=${encodeURIComponent(document)}`)
  await press(row(head).getByRole('button', { name: `${w('command.repair')} ${document}` }))
  const repair = head.getByRole('dialog', { name: w('command.repair') })
  await repair.getByRole('textbox').fill('信用修复决定〔2026〕3号')
  await press(button(repair, w('command.repair')))
  await row(head).getByText(w('state.repaired')).waitFor()
  await everybody.reload()
  await everybody.getByText(w('empty')).waitFor()
})

test('a list is tried before it is taken in', async (t) => {
  const document = number(2)
  const head = ['party', 'party_kind', 'party_code', 'legal_person', 'document_number', 'offence', 'facts', 'basis', 'kinds', 'content', 'fine', 'decided_on', 'shown_until']
  const line = (fine) => ['长沙样例餐饮管理有限公司', '法人及非法人组织', '91430102MATB000187', '李样例', document, '未依法缴纳社会保险费', '欠缴 3 个月。', '《社会保险法》第八十六条', '罚款', '罚款。', fine, '2026-11-20', '2027-11-19']
  const csv = (fine) => ({ name: '处罚.csv', mimeType: 'text/csv', buffer: Buffer.from(`${head.join(',')}\r\n${line(fine).join(',')}\r\n`) })
  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto('/desk/penalties')
  await press(button(clerk, w('import.title')))
  const dialog = clerk.getByRole('dialog', { name: w('import.title') })
  const take = async (fine, fresh, problems) => {
    await dialog.locator('input[type=file]').setInputFiles(csv(fine))
    await press(button(dialog, w('import.try')))
    await dialog.getByText(w('import.report', { rows: 1, fresh, known: 0, problems })).waitFor()
  }
  await take('', 0, 1)
  await dialog.getByRole('row').filter({ hasText: document }).getByText('请填写').waitFor()
  await shot(clerk, 'penalties import 1440')
  assert.ok(await button(dialog, w('import.go')).isDisabled(), 'not with a fault in it')
  await take('800', 1, 0)
  await press(button(dialog, w('import.go')))
  await dialog.waitFor({ state: 'hidden' })
  await clerk.getByRole('row').filter({ hasText: document }).getByText(w('state.proposed')).waitFor()
})
