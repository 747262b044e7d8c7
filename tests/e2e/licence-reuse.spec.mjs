/** A licence in the place of an upload: filled in by itself, handed in, seen on the desk, and warned of once revoked. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, until, visit } from './city.mjs'
import { button, choice, clearDrafts, submit } from './registration.mjs'
import { CARE_HOME, FOOD, filledCareHome, onDesk, permitted, PICTURE, revoke } from './scenes.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'
const CLERK = 'clerk_civil'

/** The permit that agent1's enterprise holds, and no other. */
async function onlyPermit() {
  const agent = await person('agent1')
  await clearDrafts('agent1')
  const held = (await agent.get('/api/v1/licence/mine?limit=100')).items
  for (const one of held.filter((it) => it.type_name === FOOD.licence && it.standing === 'valid')) await revoke(one)
  return permitted()
}

const material = (page) => page.getByRole('region', { name: CARE_HOME.material })

test('a licence replaces an upload, and the desk is warned when it is revoked', async (t) => {
  const anybody = await visit(t)
  await anybody.goto(`/items/${CARE_HOME.code}`)
  await settled(anybody)
  await choice(anybody, '内设食堂吗？', '设食堂').check()
  await anybody.getByText(say('guide', 'material.licences_help', { names: `《${FOOD.licence}》` })).first().waitFor()
  await shot(anybody, 'licence reuse guide', { fullPage: true })

  const permit = await onlyPermit()
  const draft = await filledCareHome()
  const page = await visit(t, { as: 'agent1' })
  const sent = []
  page.on('request', (request) => request.method() === 'POST' && request.url().includes('/materials') && sent.push(request.url()))
  await page.goto(`/applications/${draft.id}/fill?step=materials`)
  await settled(page)
  await material(page).getByText(`已用电子证照《${FOOD.licence}》（${permit.number}`).waitFor()
  await shot(page, 'licence reuse filled in', { fullPage: true })

  // Taken out it is offered again, and taken again without an upload.
  const agent = await person('agent1')
  const [file] = (await agent.get(`${INTAKE}/${draft.id}`)).materials.find((one) => one.id === 'food_permit').files
  await agent.delete(`${INTAKE}/${draft.id}/materials/${file.id}`)
  await page.reload()
  await settled(page)
  await material(page).getByText(say('licence', 'reuse.offer')).waitFor()
  await shot(page, 'licence reuse offered', { fullPage: true })
  await press(button(material(page), `${say('licence', 'reuse.take')} ${FOOD.licence} ${permit.number}`))
  await material(page).getByText(`已用电子证照《${FOOD.licence}》`).waitFor()
  const phone = await visit(t, { as: 'agent1', phone: true })
  await phone.goto(`/applications/${draft.id}/fill?step=materials`)
  await settled(phone)
  await material(phone).getByText(`已用电子证照《${FOOD.licence}》`).waitFor()
  await shot(phone, 'licence reuse phone', { fullPage: true })

  await press(button(page, say('wizard', 'next')))
  await page.getByText(say('licence', 'reuse.read', { number: permit.number })).first().waitFor()
  const done = await submit(page)
  assert.deepEqual(sent, [], 'nothing was uploaded')

  const caseId = await onDesk(CLERK, done.number)
  const clerk = await visit(t, { as: CLERK })
  const look = async () => {
    await clerk.goto(`/desk/cases/${caseId}?scope=all`)
    await settled(clerk)
    await press(clerk.getByRole('tab', { name: say('case', 'tab.materials') }))
    await clerk.getByText(say('licence', 'reuse.desk', { name: FOOD.licence, number: permit.number })).waitFor()
  }
  await look()
  await clerk.getByText(/有效，\d{4}-\d{2}-\d{2} 取自电子证照库/).waitFor()
  const verify = clerk.getByRole('link', { name: say('licence', 'reuse.verify') })
  assert.equal(await verify.getAttribute('href'), `/verify?number=${permit.number}`)
  await shot(clerk, 'licence reuse on the desk')

  await revoke(permit)
  const staff = await person(CLERK)
  await until('the desk knows of the revocation', async () => {
    const { materials } = await staff.get(`/api/v1/approval/cases/${caseId}`)
    return materials.flatMap((one) => one.licences).some((one) => one.standing === 'revoked')
  })
  await look()
  await clerk.getByText(/已撤销（\d{4}-\d{2}-\d{2} 起不再有效）/).waitFor()
  await shot(clerk, 'licence reuse revoked')
})

test('a licence that was revoked after it was filled in is refused beside its material', async (t) => {
  const permit = await onlyPermit()
  const draft = await filledCareHome()
  await revoke(permit)
  const page = await visit(t, { as: 'agent1' })
  expects(page, /422/)
  await page.goto(`/applications/${draft.id}/fill?step=check`)
  await settled(page)
  await page.getByRole('checkbox', { name: say('wizard', 'check.promise') }).check()
  await press(button(page, say('wizard', 'check.submit')))
  await page.getByText(`《${FOOD.licence}》（${permit.number}）已于`).first().waitFor()
  await shot(page, 'licence reuse refused', { fullPage: true })

  const agent = await person('agent1')
  const [file] = (await agent.get(`${INTAKE}/${draft.id}`)).materials.find((one) => one.id === 'food_permit').files
  await agent.delete(`${INTAKE}/${draft.id}/materials/${file.id}`)
  const body = new FormData()
  body.set('requirement_id', 'food_permit')
  body.set('file', new Blob([PICTURE]), '许可证.png')
  await agent.post(`${INTAKE}/${draft.id}/materials`, body)
  const { version } = await agent.get(`${INTAKE}/${draft.id}`)
  assert.ok((await agent.post(`${INTAKE}/${draft.id}/submit`, { version })).case_number)
})
