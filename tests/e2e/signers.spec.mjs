/** 股权出质设立登记: the pledgor names and asks the pledgee, who signs by his name or declines; both look on afterwards. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, visit } from './city.mjs'
import { button, clearDrafts } from './registration.mjs'
import { onDesk, PLEDGE, pledged, toSign } from './scenes.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'
const OTHER = { account: 'citizen2', name: '李示例', number: '430102195803129993', phone: '19900000002' }
const signing = (key, args) => say('signing', key, { role: PLEDGE.role, ...args })

/** Enters the other in the open dialog. */
async function enter(dialog, number) {
  await dialog.getByLabel(signing('entry.name'), { exact: true }).fill(OTHER.name)
  await dialog.getByLabel(signing('entry.id_number'), { exact: true }).fill(number)
  await dialog.getByLabel(signing('entry.phone'), { exact: true }).fill(OTHER.phone)
  await press(button(dialog, signing('entry.save')))
}

/** The applicant names the other, after a slip in the number, and asks him. */
async function ask(page, draft) {
  await page.goto(`/applications/${draft.id}/fill?step=check`)
  await settled(page)
  assert.equal(await button(page, say('wizard', 'check.submit')).count(), 0, 'nothing is handed in before it is signed')
  await press(button(page, signing('entry.add')))
  const dialog = page.getByRole('dialog', { name: signing('entry.add') })
  expects(page, /422 .*co-applicants$/)
  await enter(dialog, '430102195803129990')
  await dialog.locator('#signer-id_number-error').waitFor()
  await shot(page, 'signers refused')
  await enter(dialog, OTHER.number)
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText(signing('state.named')).waitFor()
  await press(button(page, signing('ask')))
  await page.getByText(signing('state.asked')).waitFor()
  await shot(page, 'signers asked', { fullPage: true })
}

/** The other finds the request, reads it and comes to where he signs. */
async function find(page, draft) {
  await page.goto('/signatures')
  await settled(page)
  await shot(page, 'signers waiting')
  await page.goto(`/signatures/${draft.id}`)
  await settled(page)
  await page.getByText('4301**********9986').first().waitFor()
  assert.equal(await page.getByText('430102199307169986').count(), 0, 'the number of the applicant is masked')
  await page.getByRole('link', { name: '质权合同.png' }).waitFor()
}

test('one applies, another signs, and both follow it', async (t) => {
  await clearDrafts('citizen1')
  const draft = await pledged()
  const mine = await visit(t, { as: 'citizen1' })
  await ask(mine, draft)

  const other = await visit(t, { as: OTHER.account, phone: true })
  await find(other, draft)
  const name = other.getByLabel(signing('sign.name'), { exact: true })
  await name.fill('张示例')
  expects(other, /422 .*sign$/)
  await press(button(other, signing('sign.do')))
  await other.getByRole('alert').first().waitFor()
  await name.fill(OTHER.name)
  await press(button(other, signing('sign.do')))
  await other.getByText(`签署姓名：${OTHER.name}`).waitFor()
  await shot(other, 'signers signed phone', { fullPage: true })

  // The applicant's page follows by itself.
  await mine.getByText(/^全部签署完毕，请在\d+年/).waitFor()
  await mine.getByLabel(say('wizard', 'check.promise')).check()
  await press(button(mine, say('wizard', 'check.submit')))
  await mine.waitForURL(/receipt/)
  const { case_number } = await (await person('citizen1')).get(`${INTAKE}/${draft.id}`)

  await other.goto('/applications')
  await settled(other)
  await other.getByText(say('application', 'signed_for', { name: '张*例' })).first().waitFor()
  await press(other.getByRole('link', { name: PLEDGE.name }).first())
  await other.getByRole('heading', { name: signing('timeline') }).waitFor()
  await shot(other, 'signers follow phone', { fullPage: true })

  const caseId = await onDesk('clerk_market', case_number)
  const clerk = await visit(t, { as: 'clerk_market' })
  await clerk.goto(`/desk/cases/${caseId}?scope=all`)
  await settled(clerk)
  await clerk.getByText('李*例').first().waitFor()
  await shot(clerk, 'signers desk')
})

test('whoever declines sees no more of it, and the applicant reads why', async (t) => {
  await clearDrafts('citizen2')
  const draft = await toSign()
  const other = await visit(t, { as: 'citizen1' })
  await other.goto('/signatures')
  await settled(other)
  await press(other.getByRole('link', { name: `${signing('list.go')}: ${PLEDGE.name}` }).first())
  await settled(other)
  await press(button(other, signing('sign.decline')))
  const dialog = other.getByRole('dialog', { name: signing('sign.decline') })
  await press(button(dialog, signing('sign.decline_do')))
  await dialog.getByText(signing('sign.reason_missing')).waitFor()
  await dialog.getByLabel(signing('sign.reason'), { exact: true }).fill('债权数额不对')
  await press(button(dialog, signing('sign.decline_do')))
  await other.waitForURL(/signatures$/)

  const mine = await visit(t, { as: 'citizen2' })
  await mine.goto(`/applications/${draft.id}/fill`)
  await settled(mine)
  await mine.getByText(signing('declined_because', { reason: '债权数额不对' })).waitFor()
  await press(button(mine, signing('take_back')))
  await press(button(mine.getByRole('dialog', { name: signing('take_back') }), signing('take_back')))
  // The draft is open again: its steps come first, the co-applicants stand with the check.
  await press(mine.getByRole('link', { name: say('wizard', 'step.check') }))
  await mine.getByText(signing('state.named')).waitFor()
  await shot(mine, 'signers taken back')
  await clearDrafts('citizen2')
})
