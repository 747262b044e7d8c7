/** 护士执业注册: the health check follows later on a promise, and the diploma is shown at the counter. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, press, settled, shot, until, visit } from './city.mjs'
import { button, heading } from './registration.mjs'
import { filledNurse, handle, NURSE, onDesk, PICTURE } from './scenes.mjs'
import { say } from './texts.mjs'

const CLERK = 'clerk_city_health'
const HEAD = 'head_city_health'

test('a nurse promises her health check, shows her diploma, and keeps the promise', async (t) => {
  const scene = await promised(t)
  await originals(t, scene)
  await handle(scene, ['accept', {}, CLERK], ['step', { outcome: 'pass', opinion: '' }, CLERK])
  await handle(scene, ['step', { outcome: 'pass', opinion: '' }, HEAD], ['step', { outcome: 'pass', opinion: '' }, CLERK])

  const head = await visit(t, { as: HEAD })
  await head.goto(`/desk/cases/${scene.caseId}`)
  await settled(head)
  await press(head.locator('summary').filter({ hasText: '暂不能办理的操作' }))
  await head.getByText(`容缺材料还没有补齐：${NURSE.deferrable}`).first().waitFor()
  await press(head.getByRole('tab', { name: say('case', 'tab.papers') }))
  await head.getByText('容缺受理告知承诺书').first().waitFor()
  await shot(head, 'deferral desk', { fullPage: true })

  const citizen = await visit(t, { as: scene.account })
  await citizen.goto(`/applications/${scene.id}`)
  await heading(citizen, say('wizard', 'supply.title')).waitFor()
  await shot(citizen, 'deferral owed', { fullPage: true })
  const send = button(citizen, say('wizard', 'supply.send'))
  assert.ok(await send.isDisabled(), 'nothing to send yet')
  await citizen.getByRole('region', { name: NURSE.deferrable }).locator('input[type=file]').setInputFiles({ name: '体检.png', mimeType: 'image/png', buffer: PICTURE })
  await button(citizen, say('ui', 'upload.remove', { name: '体检.png' })).waitFor()
  await press(send)
  await heading(citizen, say('wizard', 'supply.title')).waitFor({ state: 'detached' })
  await citizen.getByText('补交了容缺材料').first().waitFor()

  // The head's open page hears of it, and the decision is open.
  await head.getByRole('button', { name: say('case', 'action.decide_granted') }).first().waitFor()
  await until('the decision is open', async () => {
    const found = head.getByRole('button', { name: say('case', 'action.decide_granted') }).first()
    return found.isEnabled()
  })
})

/** On the page of materials: neither a file nor a promise is a fault; a day too late is one. */
async function promised(t) {
  const account = 'citizen1'
  const draft = await filledNurse(account)
  // What an earlier application left in the vault is filled in by itself.
  const citizen = await person(account)
  const brought = draft.materials.find((one) => one.name === NURSE.deferrable).files
  for (const file of brought) await citizen.delete(`/api/v1/intake/applications/${draft.id}/materials/${file.id}`)
  const page = await visit(t, { as: account })
  await page.goto(`/applications/${draft.id}/fill?step=materials`)
  await settled(page)
  await press(button(page, say('wizard', 'next')))
  const region = page.getByRole('region', { name: NURSE.deferrable })
  await region.getByText(say('wizard', 'check.upload', { name: NURSE.deferrable })).waitFor()
  await region.getByRole('checkbox', { name: say('wizard', 'promise.choose') }).check()
  const day = region.getByLabel(say('wizard', 'promise.day', { name: NURSE.deferrable }))
  const latest = await day.inputValue()
  await day.fill('2099-01-01')
  await day.blur()
  await region.getByText(/补交日期须在今天至/).waitFor()
  await day.fill(latest)
  await day.blur()
  await until('the promise is kept', async () => {
    const { materials } = await (await person(account)).get(`/api/v1/intake/applications/${draft.id}`)
    return materials.find((one) => one.name === NURSE.deferrable).deferral.by === latest
  })
  await shot(page, 'deferral promise', { fullPage: true })
  await press(button(page, say('wizard', 'next')))
  await heading(page, say('wizard', 'step.check')).waitFor()
  await page.getByText(/承诺.+前补交/).first().waitFor()
  await page.getByRole('checkbox', { name: say('wizard', 'check.promise') }).check()
  await press(button(page, say('wizard', 'check.submit')))
  await heading(page, say('application', 'receipt.title')).waitFor()
  const { case_number } = await (await person(account)).get(`/api/v1/intake/applications/${draft.id}`)
  return { account, id: draft.id, number: case_number, caseId: await onDesk(CLERK, case_number) }
}

/** Pre-review passes it on to the counter; there every original is ticked. */
async function originals(t, scene) {
  const clerk = await visit(t, { as: CLERK })
  await clerk.goto(`/desk/cases/${scene.caseId}`)
  await settled(clerk)
  const pass = say('case', 'action.pass_pre_review')
  await press(clerk.getByRole('main').getByRole('button', { name: pass }))
  const asked = clerk.getByRole('dialog', { name: pass })
  await asked.getByText(NURSE.original).waitFor()
  await shot(clerk, 'originals pass')
  await press(button(asked, pass))
  await asked.waitFor({ state: 'hidden' })

  const citizen = await visit(t, { as: scene.account })
  await citizen.goto(`/applications/${scene.id}`)
  await citizen.getByText('请带原件到现场核验').first().waitFor()
  await citizen.getByText(`原件：${NURSE.original}`).first().waitFor()
  await shot(citizen, 'originals citizen', { fullPage: true })

  const verify = say('case', 'action.verify_originals')
  await clerk.goto(`/desk/cases/${scene.caseId}`)
  await settled(clerk)
  await press(clerk.getByRole('main').getByRole('button', { name: verify }))
  const compare = clerk.getByRole('dialog', { name: verify })
  await press(button(compare, verify))
  await compare.getByText(say('case', 'originals.missing', { names: NURSE.original })).waitFor()
  await shot(clerk, 'originals missing')
  await compare.getByRole('checkbox', { name: NURSE.original }).check()
  await press(button(compare, verify))
  await compare.waitFor({ state: 'hidden' })
  await until('the case is received', async () => (await (await person(CLERK)).get(`/api/v1/approval/cases/${scene.caseId}`)).state === 'received')
}
