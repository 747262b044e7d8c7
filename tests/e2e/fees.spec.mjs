/** Fees: notice, payment at the simulated platform, a reduction by two persons, a refund after a withdrawal. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, press, settled, shot, until, visit } from './city.mjs'
import { button } from './registration.mjs'
import { CARD, charged, handle } from './scenes.mjs'
import { say } from './texts.mjs'

const DESK = '/api/v1/approval/cases'
const INTAKE = '/api/v1/intake/applications'
const PROOF = { name: '低保证.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') }

/** The fee tab of a case on the desk. */
async function atDesk(t, as, scene, options = {}) {
  const page = await visit(t, { as, ...options })
  await page.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(page)
  await page.getByRole('tab', { name: new RegExp(`^${say('fee', 'tab')}`) }).click()
  const fees = page.getByRole('region', { name: say('fee', 'title'), exact: true })
  await fees.getByText(CARD.fee).first().waitFor()
  return { page, fees }
}

const stateOf = async (scene) => (await (await person(scene.account)).get(`${INTAKE}/${scene.id}`)).fee.state

test('a notice is paid at the simulated platform, and the card can be granted', async (t) => {
  const scene = await charged()
  const head = await person('head_city_hr')
  const waiting = await head.get(`${DESK}/${scene.caseId}`)
  assert.equal(waiting.commands.find((one) => one.command === 'decide').code, 'approval.fee_unpaid')

  const { page: desk, fees } = await atDesk(t, 'clerk_city_hr', scene)
  await fees.getByText(say('fee', 'state.noticed'), { exact: true }).waitFor()
  await shot(desk, 'fee noticed desk', { fullPage: true })
  await desk.goto('/desk/cases?only=fee_unpaid')
  await desk.getByRole('link', { name: scene.number }).waitFor()
  await shot(desk, 'fee unpaid list')

  const mine = await visit(t, { as: 'citizen1' })
  await mine.goto(`/applications/${scene.id}`)
  await settled(mine)
  const card = mine.locator('#fee')
  await card.getByText(scene.fee.code).waitFor()
  await shot(mine, 'fee card', { fullPage: true })
  await press(card.getByRole('link', { name: say('fee', 'pay'), exact: true }))
  await mine.getByText(say('fee', 'cashier.notice')).waitFor()
  await settled(mine)
  await shot(mine, 'cashier')
  await press(button(mine, say('fee', 'cashier.pay')))
  await mine.getByText(say('fee', 'cashier.paid')).waitFor()
  await press(mine.getByRole('link', { name: say('fee', 'cashier.back'), exact: true }))
  await card.getByText(say('fee', 'lead_paid')).waitFor()
  await card.getByText(say('fee', 'receipt')).waitFor()
  await shot(mine, 'fee paid', { fullPage: true })

  await handle(scene, ['decide', { result: 'granted', reason: '符合条件。' }, 'head_city_hr'])
})

test('a reduction is asked for with proof, proposed and approved by two persons', async (t) => {
  const scene = await charged()
  const mine = await visit(t, { as: 'citizen1', phone: true })
  await mine.goto(`/applications/${scene.id}`)
  await settled(mine)
  const card = mine.locator('#fee')
  await press(button(card, say('fee', 'ask.reduction')))
  await press(button(card, say('fee', 'ask_send')))
  await card.getByText(say('fee', 'ask_missing')).waitFor()
  await card.getByLabel(say('fee', 'ask_reason'), { exact: true }).fill('本人为低保对象')
  await card.locator('input[type=file]').setInputFiles(PROOF)
  await shot(mine, 'fee asking phone', { fullPage: true })
  await press(button(card, say('fee', 'ask_send')))
  await card.getByText(say('fee', 'asked.reduction')).waitFor()
  await shot(mine, 'fee asked phone', { fullPage: true })

  const { page: clerk, fees } = await atDesk(t, 'clerk_city_hr', scene)
  await fees.getByText('本人为低保对象').waitFor()
  await press(button(fees, say('fee', 'desk.propose')))
  await press(button(fees, say('fee', 'desk.propose_send')))
  await fees.getByText(say('fee', 'desk.sum_wrong')).waitFor()
  await fees.getByLabel(say('fee', 'desk.propose_sum.reduction'), { exact: true }).fill('5')
  await fees.getByLabel(say('fee', 'desk.propose_reason'), { exact: true }).fill('低保对象，按规定减半再减')
  await shot(clerk, 'fee proposal', { fullPage: true })
  await press(button(fees, say('fee', 'desk.propose_send')))
  await fees.getByText('低保对象，按规定减半再减').waitFor()
  assert.equal(await button(fees, say('fee', 'desk.approve')).count(), 0, 'a clerk approves nothing')

  const { page: head, fees: heads } = await atDesk(t, 'head_city_hr', scene)
  await shot(head, 'fee to approve', { fullPage: true })
  await press(button(heads, say('fee', 'desk.approve')))
  await heads.getByText(say('fee', 'state.reduced'), { exact: true }).waitFor()
  await until('the new code', async () => (await stateOf(scene)) === 'reduced')
  await card.getByRole('link', { name: say('fee', 'pay'), exact: true }).waitFor()
  await press(card.getByRole('link', { name: say('fee', 'pay'), exact: true }))
  await mine.getByText('¥5.00').waitFor()
  await shot(mine, 'cashier phone')
  await press(button(mine, say('fee', 'cashier.pay')))
  await mine.getByText(say('fee', 'cashier.paid')).waitFor()
  await until('the payment', async () => (await stateOf(scene)) === 'paid')

  // The proof outlives the request, and no later scene finds the case.
  const { page: later, fees: answered } = await atDesk(t, 'clerk_city_hr', scene)
  await answered.getByText(say('fee', 'desk.proof_answered'), { exact: true }).waitFor()
  await answered.getByRole('link', { name: PROOF.name }).waitFor()
  await shot(later, 'fee reduced and paid desk', { fullPage: true })
  await handle(scene, ['decide', { result: 'granted', reason: '符合条件。' }, 'head_city_hr'])
})

test('what was paid for a withdrawn case goes back', async (t) => {
  const scene = await charged()
  const citizen = await person(scene.account)
  await citizen.post(`/api/v1/approval/simulator/bills/${scene.fee.code}/pay`, {})
  await until('the payment', async () => (await stateOf(scene)) === 'paid')
  const { version } = await citizen.get(`${INTAKE}/${scene.id}`)
  await citizen.post(`${INTAKE}/${scene.id}/withdraw`, { version, reason: '原卡找到了' })
  await until('the withdrawal on the desk', async () =>
    (await (await person('clerk_city_hr')).get(`${DESK}/${scene.caseId}`)).withdrawal !== null)
  await handle(scene, ['answer-withdrawal', { granted: true, reason: '' }, 'clerk_city_hr'])
  await until('the refund offered', async () => (await citizen.get(`${INTAKE}/${scene.id}`)).fee.askable.includes('refund'))

  const mine = await visit(t, { as: 'citizen1' })
  await mine.goto(`/applications/${scene.id}`)
  await settled(mine)
  const card = mine.locator('#fee')
  await press(button(card, say('fee', 'ask.refund')))
  await card.getByLabel(say('fee', 'ask_reason'), { exact: true }).fill('已经撤回申请')
  await press(button(card, say('fee', 'ask_send')))
  await card.getByText(say('fee', 'asked.refund')).waitFor()

  const { page: small, fees } = await atDesk(t, 'clerk_city_hr', scene, { phone: true })
  await fees.getByText('已经撤回申请').waitFor()
  await press(button(fees, say('fee', 'desk.propose')))
  await fees.getByLabel(say('fee', 'desk.propose_reason'), { exact: true }).fill('申请人已撤回')
  await shot(small, 'refund proposal phone', { fullPage: true })
  await press(button(fees, say('fee', 'desk.propose_send')))
  await fees.getByText('申请人已撤回').waitFor()
  const { page: head, fees: heads } = await atDesk(t, 'head_city_hr', scene)
  await press(button(heads, say('fee', 'desk.approve')))
  await heads.getByText(say('fee', 'state.refunded'), { exact: true }).waitFor()
  await shot(head, 'refunded desk', { fullPage: true })
  await card.getByText(say('fee', 'lead_refunded', { sum: '¥20.00' })).waitFor()
  await shot(mine, 'refunded', { fullPage: true })
})
