/** 公共场所卫生许可 on a promise: signed by name, granted on the spot, found false, heard, revoked, barred, lifted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, until, visit } from './city.mjs'
import { button, clearDrafts, heading } from './registration.mjs'
import { onDesk, PICTURE } from './scenes.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'
const ITEM = '11430102TB0000116C4430199012000'
const REPORT = '公共场所卫生检测或者评价报告'
const [CLERK, HEAD] = ['clerk_health', 'head_health']

/** Uploads a picture for a requirement; its id. */
async function upload(citizen, id, requirement, name) {
  const body = new FormData()
  body.set('requirement_id', requirement)
  body.set('file', new Blob([PICTURE]), name)
  return (await citizen.post(`${INTAKE}/${id}/materials`, body)).id
}

/** A draft in which nothing is missing but what may be promised. */
async function begun(citizen) {
  await clearDrafts('agent1')
  const draft = await citizen.post(INTAKE, { item_code: ITEM, situation_answers: { place: 'beauty', air: 'no' }, channel: 'pc' })
  const villages = await citizen.get('/api/v1/catalogue/divisions?parent=430102001')
  const site_division = { code: villages.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', villages.items[0].name] }
  const form = {
    ...draft.form, responsible_name: '陈示例', responsible_citizen_id: '110101199003070011', phone: '19900000003', place: 'beauty', site_division,
    site_address: '八一路 8 号', area: '120', water: 'public', air: 'no', disinfection: ['own'], officer: '刘示例',
    staff: [{
      name: '刘示例', citizen_id: '11010519491231002X', post: '美发师',
      certificates: [{ number: 'JK2026-0001', issuer: '芙蓉区疾病预防控制中心', valid_until: '2027-10-31', scan: [await upload(citizen, draft.id, 'form.staff', '健康证.png')] }],
    }],
  }
  const saved = await citizen.put(`${INTAKE}/${draft.id}/form`, { version: draft.version, form })
  for (const one of saved.materials.flatMap((material) => (material.commitment ? material.files : []))) {
    await citizen.delete(`${INTAKE}/${draft.id}/materials/${one.id}`)
  }
  for (const requirement of saved.materials.filter((one) => one.required && !one.commitment && one.files.length === 0)) {
    await upload(citizen, draft.id, requirement.id, `${requirement.name}.png`)
  }
  return citizen.get(`${INTAKE}/${draft.id}`)
}

/** Presses a rare action, fills its form and waits until it is done. */
async function divert(page, action, fill) {
  const fold = page.locator('details.rare')
  if ((await fold.getAttribute('open')) === null) await press(fold.locator('summary'))
  const name = say('case', `action.${action}`)
  await press(button(page.getByRole('main'), name))
  const dialog = page.getByRole('dialog', { name })
  await fill(dialog)
  await shot(page, `commitment ${action}`)
  await press(button(dialog, name))
  await dialog.waitFor({ state: 'hidden' })
}

const text = (dialog, action) => dialog.getByLabel(say('case', `divert.text.${action}`))

test('a promise is signed, granted on the spot, and followed to its end', async (t) => {
  const citizen = await person('agent1')
  const draft = await begun(citizen)
  const page = await visit(t, { as: 'agent1' })
  await signed(page, draft)
  const phone = await visit(t, { as: 'agent1', phone: true })
  await phone.goto(`/applications/${draft.id}/fill?step=materials`)
  await settled(phone)
  await shot(phone, 'commitment signed phone', { fullPage: true })
  const { version } = await citizen.get(`${INTAKE}/${draft.id}`)
  const done = await citizen.post(`${INTAKE}/${draft.id}/submit`, { version })
  const scene = { id: draft.id, number: done.case_number, caseId: await onDesk(CLERK, done.case_number) }

  const clerk = await visit(t, { as: CLERK })
  await clerk.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(clerk)
  await clerk.getByText(say('case', 'commitment.whole')).first().waitFor()
  const accept = say('case', 'action.accept')
  await press(clerk.getByRole('main').getByRole('button', { name: accept }).first())
  const dialog = clerk.getByRole('dialog', { name: accept })
  await press(button(dialog, accept))
  await dialog.waitFor({ state: 'hidden' })
  const staff = await person(CLERK)
  const state = async () => (await staff.get(`/api/v1/approval/cases/${scene.caseId}`)).state
  await until('granted on the spot', async () => (await state()) === 'decided')
  await clerk.reload()
  await settled(clerk)
  await press(clerk.getByRole('tab', { name: say('case', 'tab.papers') }))
  await clerk.getByText('告知承诺书').first().waitFor()
  await shot(clerk, 'commitment granted', { fullPage: true })
  const now = await staff.get(`/api/v1/approval/cases/${scene.caseId}`)
  await staff.post(`/api/v1/approval/cases/${scene.caseId}/close`, { version: now.version })
  const licence = await until('the licence', async () => (await citizen.get(`/api/v1/licence/mine?case_number=${scene.number}`)).items[0])
  assert.equal(licence.standing, 'valid')

  await clerk.goto('/desk/commitments')
  await settled(clerk)
  await shot(clerk, 'commitment worklist', { fullPage: true })
  await press(clerk.getByRole('link', { name: scene.number }))
  await heading(clerk, '公共场所卫生许可').waitFor()
  await divert(clerk, 'order_rectification', async (ask) => {
    await ask.getByLabel(say('case', 'divert.mend_by')).fill('2027-03-01')
    await text(ask, 'order_rectification').fill('现场没有设置消毒间，请限期整改。')
  })
  await clerk.getByText(/已责令整改/).first().waitFor()
  await divert(clerk, 'propose_revocation', async (ask) => {
    await ask.getByLabel(say('case', 'divert.basis')).fill('《公共场所卫生管理条例实施细则》')
    await text(ask, 'propose_revocation').fill('逾期没有设置消毒间。')
  })
  await clerk.getByText(/拟撤销决定，陈述申辩期限/).first().waitFor()
  await heardAndRevoked(t, { scene, page, citizen })
  await liftedAgain(t, { citizen, clerk })
})

/** On the page of materials: read, chosen, signed with one's own name. */
async function signed(page, draft) {
  await page.goto(`/applications/${draft.id}/fill?step=materials`)
  await settled(page)
  await heading(page, say('wizard', 'commitment.title')).waitFor()
  await page.getByRole('checkbox', { name: say('wizard', 'commitment.whole') }).check()
  await page.getByRole('checkbox', { name: say('wizard', 'commitment.material', { name: REPORT }) }).check()
  await page.getByRole('checkbox', { name: say('wizard', 'commitment.material', { name: '公共场所卫生管理制度' }) }).check()
  await page.getByText('场所选址、布局和卫生设施').waitFor()
  const sign = button(page, say('wizard', 'commitment.sign'))
  await press(sign)
  await page.getByText(say('wizard', 'commitment.name_missing')).waitFor()
  const name = page.getByLabel(say('wizard', 'commitment.name'))
  expects(page, /422 \(Unprocessable/)
  await name.fill('别人')
  await press(sign)
  await page.getByText('签署的姓名与申请人不一致').waitFor()
  await shot(page, 'commitment offer', { fullPage: true })
  await name.fill(draft.commitment.signer)
  await press(sign)
  await button(page, say('wizard', 'commitment.drop')).waitFor()
  await page.getByRole('region', { name: REPORT }).getByText(say('wizard', 'commitment.instead')).waitFor()
  await shot(page, 'commitment signed', { fullPage: true })
}

/** The holder makes his statement; the head revokes, the licence goes, and nothing is offered any more. */
async function heardAndRevoked(t, { scene, page, citizen }) {
  await until('the applicant is told', async () => (await citizen.get(`${INTAKE}/${scene.id}`)).revocation?.open)
  await page.goto(`/applications/${scene.id}`)
  await settled(page)
  await heading(page, say('wizard', 'statement.title')).waitFor()
  await page.getByLabel(say('wizard', 'statement.words')).fill('消毒间正在施工，月底完工。')
  await shot(page, 'commitment statement', { fullPage: true })
  await press(button(page, say('wizard', 'statement.send')))
  await page.getByText(say('wizard', 'statement.sent')).waitFor()

  const head = await visit(t, { as: HEAD })
  const boss = await person(HEAD)
  await until('the statement is there', async () => (await boss.get(`/api/v1/approval/cases/${scene.caseId}`)).commitment.check.statement)
  await head.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(head)
  await head.getByText(/消毒间正在施工/).first().waitFor()
  await shot(head, 'commitment hearing', { fullPage: true })
  await divert(head, 'revoke_decision', (ask) => text(ask, 'revoke_decision').fill('承诺不实，逾期未整改。'))
  await head.getByText(/决定已撤销/).first().waitFor()
  await until('the licence is revoked', async () => (await citizen.get(`/api/v1/licence/mine?case_number=${scene.number}`)).items[0].standing === 'revoked')
  await until('the applicant reads it', async () => (await citizen.get(`${INTAKE}/${scene.id}`)).revoked)

  const next = await begun(citizen)
  await until('barred', async () => (await citizen.get(`${INTAKE}/${next.id}`)).commitment.barred)
  await page.goto(`/applications/${next.id}/fill?step=materials`)
  await settled(page)
  await page.getByText(say('wizard', 'commitment.barred')).waitFor()
  assert.equal(await page.getByRole('checkbox', { name: say('wizard', 'commitment.whole') }).count(), 0, 'nothing is offered')
  await shot(page, 'commitment barred', { fullPage: true })
}

/** Lifting takes two persons; nothing is left behind. */
async function liftedAgain(t, { citizen, clerk }) {
  await clerk.goto('/desk/commitments?show=bars')
  await settled(clerk)
  const propose = say('commitment', 'bar.propose')
  await press(button(clerk.getByRole('main'), propose).first())
  const ask = clerk.getByRole('dialog', { name: propose })
  await ask.getByLabel(say('commitment', 'bar.reason')).fill('已整改完毕并接受处罚。')
  await press(button(ask, propose))
  await ask.waitFor({ state: 'hidden' })
  const head = await visit(t, { as: HEAD })
  await head.goto('/desk/commitments?show=bars')
  await settled(head)
  await shot(head, 'commitment bars', { fullPage: true })
  const lift = say('commitment', 'bar.lift')
  await press(button(head.getByRole('main'), lift).first())
  const confirm = head.getByRole('dialog', { name: lift })
  await press(button(confirm, lift))
  await confirm.waitFor({ state: 'hidden' })
  const fresh = await begun(citizen)
  await until('offered again', async () => (await citizen.get(`${INTAKE}/${fresh.id}`)).commitment.whole)
  await clearDrafts('agent1')
}
