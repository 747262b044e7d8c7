/** 材料交接: the counter hands papers to the office, the office its result to the counter, which hands it out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { handle, onDesk, PROOF, takenIn } from './scenes.mjs'
import { say } from './texts.mjs'

const GRANT = [['accept', {}], ['step', { outcome: 'pass', opinion: '材料齐全。' }], ['step', { outcome: 'pass', opinion: '同意。' }, 'head_hr'], ['decide', { result: 'granted', reason: '符合条件。' }, 'head_hr'], ['close', {}]]

test('papers go to the office, what is missing comes back, and the result is handed out at the counter', async (t) => {
  const [kept, lost] = [await takenIn('counter_district', [PROOF.id]), await takenIn('counter_district', [PROOF.id])]
  const scene = { caseId: await onDesk('clerk_hr', kept.case_number) }
  await onDesk('clerk_hr', lost.case_number)
  const number = await handedOver(t, [kept, lost])

  const office = await visit(t, { as: 'clerk_hr' })
  await office.goto('/desk/relay?show=incoming')
  await office.getByRole('link', { name: number }).click()
  await settled(office)
  await office.getByRole('row', { name: new RegExp(lost.case_number) }).getByRole('checkbox').check()
  await button(office, say('relay', 'receive_but', { n: '1' })).click()
  await office.getByText(say('relay', 'reason_wanted')).waitFor()
  await shot(office, 'relay receipt without a word')
  await office.getByLabel(say('relay', 'reason_of', { number: lost.case_number })).fill('缺离职证明第二页')
  await button(office, say('relay', 'receive_but', { n: '1' })).click()
  await office.getByText(say('relay', 'received_papers')).waitFor()
  await office.getByText(say('relay', 'entry_state.returned'), { exact: true }).waitFor()
  await shot(office, 'relay received', { fullPage: true })

  await handle(scene, ...GRANT)
  await sentBack(office, kept.case_number)
  await handedOut(t, kept)

  // The office sees both ways on the case.
  await office.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await office.getByRole('heading', { name: say('relay', 'case_title') }).waitFor()
  await office.getByText(say('relay', 'entry_state.handed_out'), { exact: true }).first().waitFor()
  await settled(office)
  await shot(office, 'relay on the case')
})

/** The counter puts both on a list; its number. */
async function handedOver(t, [kept, lost]) {
  const counter = await visit(t, { as: 'counter_district' })
  await counter.goto('/desk/relay')
  await counter.getByText(kept.case_number).first().waitFor()
  await shot(counter, 'relay papers wait', { fullPage: true })
  for (const one of [kept, lost]) await counter.getByRole('row', { name: new RegExp(one.case_number) }).getByRole('checkbox').check()
  await press(button(counter, say('relay', 'make', { n: '2' })))
  await counter.getByText(say('relay', 'state.under_way'), { exact: true }).first().waitFor()
  await shot(counter, 'relay list', { fullPage: true })
  const pdf = await counter.request.get(await counter.getByRole('link', { name: say('relay', 'paper') }).getAttribute('href'))
  assert.equal(pdf.headers()['content-type'], 'application/pdf')
  return counter.getByRole('heading', { level: 1 }).innerText()
}

/** The office hands the result to the counter that took the case in, which is chosen already. */
async function sentBack(office, number) {
  await office.goto('/desk/relay?show=results')
  const row = office.getByRole('row', { name: new RegExp(number) })
  await row.getByRole('checkbox').check()
  await settled(office)
  await shot(office, 'relay results wait', { fullPage: true })
  await press(button(office, say('relay', 'make', { n: '1' })))
  await office.getByText(say('relay', 'state.under_way'), { exact: true }).first().waitFor()
}

async function handedOut(t, { case_number: number, id }) {
  const counter = await visit(t, { as: 'counter_district' })
  await counter.goto('/desk/relay?show=incoming')
  await counter.locator('tbody').getByRole('link').first().click()
  await counter.getByLabel(say('relay', 'place_of', { number })).fill('A-03')
  await shot(counter, 'relay results come', { fullPage: true })
  await button(counter, say('relay', 'receive')).click()
  await counter.getByText(say('relay', 'received_results')).waitFor()

  // The applicant is told where it lies.
  const citizen = await visit(t, { as: 'citizen1' })
  await citizen.goto(`/applications/${id}`)
  await citizen.getByText('结果可以领取').first().waitFor()
  await citizen.getByText(/出件位置A-03/).first().waitFor()
  await shot(citizen, 'relay citizen told', { fullPage: true })

  // Found by his number; somebody else does not get it; he signs.
  await counter.goto('/desk/relay?show=shelf')
  await counter.getByRole('searchbox', { name: say('relay', 'search') }).fill('430102199307169986')
  await press(button(counter, say('relay', 'find')))
  await button(counter, say('relay', 'hand_out_one', { number })).click()
  const dialog = counter.getByRole('dialog', { name: say('relay', 'hand_out') })
  await dialog.getByLabel(say('case', 'delivery.name'), { exact: true }).fill('李示例')
  await dialog.getByLabel(say('case', 'delivery.id_number'), { exact: true }).fill('430102199307169986')
  expects(counter, /422 .*\/hand-out/)
  await button(dialog, say('relay', 'hand_out')).click()
  await dialog.getByText(/与申请人不一致/).waitFor()
  await dialog.getByLabel(say('case', 'delivery.name'), { exact: true }).fill('张示例')
  await sign(counter, dialog)
  await shot(counter, 'relay hand out')
  await button(dialog, say('relay', 'hand_out')).click()
  await counter.getByText(say('relay', 'handed_out')).waitFor()
  const receipt = await counter.request.get(await counter.getByRole('link', { name: say('relay', 'receipt') }).getAttribute('href'))
  assert.equal(receipt.headers()['content-type'], 'application/pdf')
  await shot(counter, 'relay handed out', { fullPage: true })
}

async function sign(page, dialog) {
  const pad = dialog.getByRole('img', { name: say('case', 'delivery.signature') })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 160, box.y + 90, { steps: 8 })
  await page.mouse.up()
}

test('on a phone the counter sees what waits and what lies on the shelf', async (t) => {
  const phone = await visit(t, { as: 'counter_district', phone: true })
  await phone.goto('/desk/relay')
  await settled(phone)
  await shot(phone, 'relay papers phone', { fullPage: true })
  await phone.goto('/desk/relay?show=shelf')
  await settled(phone)
  await shot(phone, 'relay shelf phone', { fullPage: true })
  await phone.goto('/desk/relay?show=sent')
  await phone.locator('tbody').getByRole('link').first().click()
  await settled(phone)
  await shot(phone, 'relay list phone', { fullPage: true })
})
