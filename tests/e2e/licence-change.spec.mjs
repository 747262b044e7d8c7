/** 变更: the holder asks that his licence say something else, brings what is missing, and gets a new edition of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, until, visit } from './city.mjs'
import { button } from './registration.mjs'
import { licensed, proof } from './scenes.mjs'
import { say } from './texts.mjs'

const PLACE = '执业地点'
const NEW_PLACE = '长沙市示例人民医院'
const PAPER = '拟执业机构出具的聘用证明'
const QUICK = '毕业证书'

test('a change of the face: asked for with proof, returned once, granted as a new edition', async (t) => {
  const licence = await licensed()
  const holder = await visit(t, { as: 'citizen1' })
  await holder.goto(`/licences/${licence.id}`)
  await settled(holder)
  await press(button(holder.getByRole('main'), say('licence', 'change.ask.amend')))
  const dialog = holder.getByRole('dialog')
  await press(button(dialog, say('licence', 'change.send')))
  await dialog.getByText(say('licence', 'change.nothing')).waitFor()
  await dialog.getByLabel(PLACE, { exact: true }).fill(NEW_PLACE)
  await dialog.getByLabel(say('licence', 'change.reason'), { exact: true }).fill('调到新单位工作。')
  await press(button(dialog, say('licence', 'change.send')))
  await dialog.getByText(say('licence', 'change.proof_missing', { name: PAPER })).waitFor()
  await dialog.locator('input[type=file]').setInputFiles(await proof('聘用证明.jpg'))
  await shot(holder, 'licence change asked for')
  await press(button(dialog, say('licence', 'change.send')))
  await dialog.waitFor({ state: 'hidden' })
  await holder.getByText(`${PLACE}：由“`).first().waitFor()

  const clerk = await visit(t, { as: 'clerk_city_health' })
  await clerk.goto('/desk/licences?waiting')
  await settled(clerk)
  const row = clerk.getByRole('row').filter({ hasText: licence.number })
  await row.getByText(say('licence', 'change.kind.amend')).waitFor()
  await shot(clerk, 'licence changes waiting')
  await press(row.getByRole('link', { name: licence.number }))
  await press(button(clerk.getByRole('main'), say('licence', 'change.whole')))
  await clerk.getByText(`变更为“${NEW_PLACE}”`).first().waitFor()
  await press(button(clerk.getByRole('main'), say('licence', 'change.act.return')))
  const missing = clerk.getByRole('dialog')
  await missing.getByLabel(say('licence', 'change.missing')).fill('聘用证明没有盖章，请补充盖章件。')
  await press(button(missing, say('licence', 'change.send')))
  await missing.waitFor({ state: 'hidden' })

  await holder.reload()
  await holder.getByText(say('licence', 'change.supply')).waitFor()
  await holder.getByLabel(say('licence', 'change.supply_words')).fill('已补充盖章件。')
  await holder.locator('input[type=file]').setInputFiles(await proof('盖章件.jpg'))
  await shot(holder, 'licence change supplied', { fullPage: true })
  await press(button(holder.getByRole('main'), say('licence', 'change.supply_send')))
  await holder.getByText('已补充盖章件。').first().waitFor()

  const head = await visit(t, { as: 'head_city_health' })
  await head.goto(`/desk/licences/${licence.id}`)
  await head.getByRole('link', { name: '盖章件.jpg' }).waitFor()
  await press(button(head.getByRole('main'), say('licence', 'change.act.decide')))
  const decision = head.getByRole('dialog')
  await press(decision.getByRole('radio', { name: say('licence', 'change.decide.granted'), exact: true }))
  await decision.getByLabel(say('licence', 'change.reason')).fill('符合条件，准予变更。')
  await press(button(decision, say('licence', 'change.send')))
  await decision.waitFor({ state: 'hidden' })

  const citizen = await person('citizen1')
  const own = async () => (await citizen.get(`/api/v1/licence/mine?case_number=${licence.scene.number}`)).items
  const next = await until('the new edition', async () => (await own()).find((one) => one.standing === 'valid'))
  assert.equal(next.number, licence.number)
  await holder.goto(`/licences/${next.id}`)
  await holder.getByText(NEW_PLACE).locator('visible=true').first().waitFor()
  await shot(holder, 'licence changed', { fullPage: true })
  const anybody = await visit(t)
  await anybody.goto(new URL(licence.verify_address).pathname)
  await anybody.getByText(say('licence', 'verdict.replaced')).waitFor()
  const letters = await citizen.get('/api/v1/intake/messages?limit=50')
  assert.ok(JSON.stringify(letters).includes('证照变更申请'), 'he was told at each step')
})

test('a denial says why and what can be done, and an administrator says what may change', async (t) => {
  const licence = await licensed('citizen2')
  const holder = await visit(t, { as: 'citizen2', phone: true })
  await holder.goto(`/licences/${licence.id}`)
  await settled(holder)
  await press(button(holder.getByRole('main'), say('licence', 'change.ask.amend')))
  const dialog = holder.getByRole('dialog')
  await dialog.getByLabel('学历', { exact: true }).fill('博士研究生')
  await dialog.locator('input[type=file]').setInputFiles(await proof(`${QUICK}.jpg`))
  await dialog.getByLabel(say('licence', 'change.reason'), { exact: true }).fill('取得新学历。')
  await press(button(dialog, say('licence', 'change.send')))
  await dialog.waitFor({ state: 'hidden' })
  const head = await person('head_city_health')
  await head.post(`/api/v1/licence/licences/${licence.id}/decide-change`, { granted: false, reason: '毕业证书与学信网记录不符。' })
  await holder.reload()
  await holder.getByText('毕业证书与学信网记录不符。').waitFor()
  await holder.getByText(say('licence', 'change.remedy')).waitFor()
  await shot(holder, 'licence change denied phone', { fullPage: true })

  const admin = await visit(t, { as: 'admin' })
  expects(admin, /422/)
  await admin.goto('/admin/licence-types')
  await settled(admin)
  await press(button(admin.getByRole('main'), '老年人优待证'))
  const type = admin.getByRole('dialog')
  await type.getByLabel(say('licence', 'amend_days'), { exact: true }).fill('30')
  await press(button(type, say('licence', 'save')))
  await type.getByText('变更办理时限应为 1 到 20 个工作日').waitFor()
  await shot(admin, 'licence type with changes refused')
})
