/** How a result comes: chosen in the draft, changed, sent with a number, confirmed; or signed for at the counter. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, until, visit } from './city.mjs'
import { button, clearDrafts } from './registration.mjs'
import { filledNurse, handle, licensed, submittedFarm } from './scenes.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'
const [CLERK, HEAD] = ['clerk_agriculture', 'head_agriculture']
const way = (page, name) => page.getByRole('radio', { name: new RegExp(`^${say('delivery', `ways.${name}`)}`) })

/** From the hand-in to the closure. */
const closed = (scene) =>
  handle(
    scene,
    ['receive', {}, CLERK], ['accept', {}, CLERK], ['step', { outcome: 'pass', opinion: '材料齐全。' }, CLERK],
    ['step', { outcome: 'pass', opinion: '现场符合。' }, CLERK], ['step', { outcome: 'pass', opinion: '同意。' }, HEAD],
    ['decide', { result: 'granted', reason: '符合条件。' }, HEAD], ['close', {}, CLERK],
  )

async function openCase(t, scene, account) {
  const page = await visit(t, { as: account })
  await page.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(page)
  return page
}

async function open(page, action) {
  const name = say('case', `action.${action}`)
  await press(page.getByRole('main').getByRole('button', { name: new RegExp(`^${name}( Ctrl\\+Enter)?$`) }))
  return page.getByRole('dialog', { name })
}

test('by courier: chosen after the hand-in, sent with its number, confirmed by the applicant', async (t) => {
  const scene = await submittedFarm('citizen1')
  const home = await visit(t, { as: 'citizen1' })
  await home.goto(`/applications/${scene.id}`)
  await settled(home)
  await home.getByText(say('delivery', 'none')).waitFor()
  await press(button(home, say('delivery', 'change')))
  await way(home, 'courier').check()
  await home.getByLabel(say('delivery', 'address'), { exact: false }).fill('八一')
  await press(button(home, say('delivery', 'save')))
  await home.getByText(say('delivery', 'address_missing')).waitFor()
  await shot(home, 'delivery choice', { fullPage: true })
  await home.getByLabel(say('delivery', 'address'), { exact: false }).fill('湖南省长沙市芙蓉区八一路 1 号 2 栋 301 室')
  await press(button(home, say('delivery', 'save')))
  await home.getByText(say('delivery', 'ways.courier'), { exact: true }).waitFor()
  const staff = await person(CLERK)
  const view = () => staff.get(`/api/v1/approval/cases/${scene.caseId}`)
  await until('the desk knows', async () => (await view()).delivery.chosen === 'courier')

  await closed(scene)
  const desk = await openCase(t, scene, CLERK)
  await shot(desk, 'delivery desk courier', { fullPage: true })
  const dialog = await open(desk, 'dispatch')
  await press(button(dialog, say('case', 'action.dispatch')))
  await dialog.getByText(say('case', 'reason.required', { what: say('case', 'delivery.tracking') })).waitFor()
  await dialog.getByLabel(say('case', 'delivery.company')).fill('邮政速递')
  await dialog.getByLabel(say('case', 'delivery.tracking')).fill('EM123456789CN')
  await shot(desk, 'delivery desk dispatch')
  await press(button(dialog, say('case', 'action.dispatch')))
  await dialog.waitFor({ state: 'hidden' })
  await desk.getByText('邮政速递 EM123456789CN').waitFor()

  await home.getByText(say('delivery', 'parcel', { company: '邮政速递', number: 'EM123456789CN' }), { exact: true }).waitFor()
  await shot(home, 'delivery sent', { fullPage: true })
  const phone = await visit(t, { as: 'citizen1', phone: true })
  await phone.goto(`/applications/${scene.id}#delivery`)
  await settled(phone)
  await shot(phone, 'delivery sent phone', { fullPage: true })
  await press(button(home, say('delivery', 'confirm')))
  await until('delivered', async () => (await view()).state === 'delivered')
  await home.getByRole('link', { name: /送达回证/ }).first().waitFor()
  const { delivery } = await view()
  assert.ok(delivery.confirmed_at)
  assert.equal(delivery.address, '湖南省长沙市芙蓉区******', 'masked on the desk')
})

test('at the counter: somebody authorised signs for it, and the receipt is made', async (t) => {
  const { scene } = await licensed('citizen2')
  const desk = await openCase(t, scene, 'clerk_city_health')
  expects(desk, /422/)
  const dialog = await open(desk, 'deliver')
  await dialog.getByRole('radio', { name: say('case', 'way.pick_up') }).check()
  await dialog.getByLabel(say('case', 'delivery.name')).fill('李代领')
  await dialog.getByLabel(say('case', 'delivery.id_number')).fill('11010519491231002X')
  await press(button(dialog, say('case', 'action.deliver')))
  await dialog.getByText(/与申请人不一致/).waitFor()
  await dialog.getByRole('radio', { name: new RegExp(`^${say('case', 'delivery.relation.authorised')}`) }).check()
  await dialog.getByLabel(say('case', 'delivery.authority'), { exact: false }).fill('授权委托书，2026年11月20日签署')
  const pad = dialog.getByRole('img', { name: say('case', 'delivery.signature') })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  await desk.mouse.move(box.x + 60, box.y + 40)
  await desk.mouse.down()
  for (const [x, y] of [[120, 90], [200, 50], [280, 110], [360, 40]]) await desk.mouse.move(box.x + x, box.y + y, { steps: 4 })
  await desk.mouse.up()
  await shot(desk, 'delivery desk counter')
  await press(button(dialog, say('case', 'action.deliver')))
  await dialog.waitFor({ state: 'hidden' })
  await desk.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(desk)
  await desk.getByText('李*领', { exact: false }).first().waitFor()
  await press(desk.getByRole('tab', { name: say('case', 'tab.papers') }))
  await press(desk.getByRole('button', { name: /送达回证/ }))
  await desk.locator('canvas, embed, iframe').first().waitFor()
  await shot(desk, 'delivery receipt', { fullPage: true })
  const citizen = await person('citizen2')
  const mine = await until('told', async () => {
    const one = await citizen.get(`${INTAKE}/${scene.id}`)
    return one.state === 'delivered' ? one : undefined
  })
  assert.equal(mine.delivery.progress.collector, '李*领')
  assert.ok(mine.papers.some((paper) => paper.kind === 'delivery_receipt'))
})

test('in the draft: the choice stands before the hand-in, and is not lost', async (t) => {
  await clearDrafts('citizen1')
  const draft = await filledNurse('citizen1')
  t.after(() => clearDrafts('citizen1'))
  const page = await visit(t, { as: 'citizen1' })
  await page.goto(`/applications/${draft.id}/fill?step=check`)
  await settled(page)
  await way(page, 'online').check()
  await press(button(page, say('wizard', 'check.submit')))
  await page.getByText(say('wizard', 'check.delivery_unsaved')).first().waitFor()
  await press(button(page, say('delivery', 'save')))
  await until('kept', async () => (await (await person('citizen1')).get(`${INTAKE}/${draft.id}`)).delivery.way === 'online')
  await shot(page, 'delivery draft', { fullPage: true })
  const phone = await visit(t, { as: 'citizen1', phone: true })
  await phone.goto(`/applications/${draft.id}/fill?step=check`)
  await settled(phone)
  await shot(phone, 'delivery draft phone', { fullPage: true })
})
