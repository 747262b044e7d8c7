/** Off the straight way: experts review a farm; the head extends, lets a case rest, and confirms that one is void. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { press, settled, shot, until, visit } from './city.mjs'
import { button } from './registration.mjs'
import { FARM, handle, submitted, submittedFarm } from './scenes.mjs'
import { say } from './texts.mjs'

/** Opens a case with the rare actions unfolded. */
async function open(page, scene) {
  await page.goto(`/desk/cases/${scene.caseId}`)
  await settled(page)
  const fold = page.locator('details.rare')
  if ((await fold.getAttribute('open')) === null) await press(fold.locator('summary'))
}

/** Presses a rare action, fills its form and waits until it is reported done. */
async function divert(page, action, fill) {
  const name = say('case', `action.${action}`)
  await press(button(page.getByRole('main'), name))
  const dialog = page.getByRole('dialog', { name })
  await fill(dialog)
  await shot(page, `diversion ${action}`)
  await press(button(dialog, name))
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('status').filter({ hasText: `“${name}”已办理` }).waitFor()
}

const text = (dialog, action) => dialog.getByLabel(say('case', `divert.text.${action}`))
const due = (page, clock) => page.locator('.clock').filter({ hasText: say('case', `clock.${clock}`) }).locator('strong').innerText()

test('experts review a farm: its time is not counted, and everybody is told', async (t) => {
  const scene = await submittedFarm()
  await handle(scene, ['receive', {}, 'clerk_agriculture'], ['accept', {}, 'clerk_agriculture'])

  const clerk = await visit(t, { as: 'clerk_agriculture' })
  await open(clerk, scene)
  const start = button(clerk.getByRole('main'), say('case', 'action.start_special_procedure'))
  assert.ok(await start.isDisabled(), 'a head begins it')
  await clerk.getByText('须由部门负责人批准').first().waitFor()

  const head = await visit(t, { as: 'head_agriculture' })
  await open(head, scene)
  await divert(head, 'start_special_procedure', async (dialog) => {
    await dialog.getByText(FARM.review).waitFor()
    await text(dialog, 'start_special_procedure').fill('场址靠近居民区，需要专家现场评审。')
  })
  await head.getByText(say('case', 'procedure.title', { name: FARM.review })).waitFor()
  await press(head.getByRole('tab', { name: say('case', 'tab.papers') }))
  await head.getByText('特别程序告知书').waitFor()
  await shot(head, 'diversion under way', { fullPage: true })

  const citizen = await visit(t, { as: scene.account })
  await citizen.goto(`/applications/${scene.id}`)
  await citizen.getByText('正在进行特别程序').first().waitFor()
  await citizen.getByText('场址靠近居民区').first().waitFor()
  await shot(citizen, 'diversion citizen', { fullPage: true })

  // The clerk's open page hears of it by itself.
  await open(clerk, scene)
  await divert(clerk, 'end_special_procedure', (dialog) => text(dialog, 'end_special_procedure').fill('专家评审认为场址符合要求。'))
  await clerk.getByText('专家评审认为场址符合要求').first().waitFor()
})

test('an extension moves the legal date, once; a suspended case rests until it is resumed', async (t) => {
  const scene = await submittedFarm('citizen2')
  await handle(scene, ['receive', {}, 'clerk_agriculture'], ['accept', {}, 'clerk_agriculture'])
  const head = await visit(t, { as: 'head_agriculture' })
  await open(head, scene)
  const before = await due(head, 'legal')
  await divert(head, 'extend', async (dialog) => {
    await dialog.getByLabel(say('case', 'divert.days'), { exact: true }).fill('11')
    await text(dialog, 'extend').fill('需要向外省核实执业兽医的资格。')
    await press(button(dialog, say('case', 'action.extend')))
    await dialog.getByText(say('case', 'divert.days_bad', { min: 1, max: 10 })).waitFor()
    await dialog.getByLabel(say('case', 'divert.days'), { exact: true }).fill('10')
  })
  await until('another legal date', async () => (await due(head, 'legal')) !== before)
  await open(head, scene)
  assert.ok(await button(head.getByRole('main'), say('case', 'action.extend')).isDisabled())

  await divert(head, 'suspend', async (dialog) => {
    await dialog.getByRole('radio', { name: say('case', 'divert.grounds.investigation') }).check()
    await dialog.getByLabel(say('case', 'divert.basis'), { exact: true }).fill('《动物防疫条件审查办法》')
    await text(dialog, 'suspend').fill('场址的用地性质正在调查。')
  })
  await head.locator('header, .head').getByText(say('case', 'state.suspended'), { exact: true }).first().waitFor()
  await open(head, scene)
  await divert(head, 'resume', (dialog) => text(dialog, 'resume').fill('调查已经结束，用地符合规定。'))
  await head.getByText('用地符合规定').first().waitFor()
})

test('two persons make a case void: one proposes, the head confirms, the applicant reads why', async (t) => {
  const scene = await submitted('citizen2')
  await handle(scene, ['accept', {}])
  const clerk = await visit(t, { as: 'clerk_hr' })
  await open(clerk, scene)
  await divert(clerk, 'propose_void', async (dialog) => {
    await press(button(dialog, say('case', 'action.propose_void')))
    await dialog.getByText(say('case', 'reason.required', { what: say('case', 'divert.text.propose_void') })).waitFor()
    await text(dialog, 'propose_void').fill('申请人重复提交，另一件已在办理。')
  })
  await clerk.getByText('提出作废，等待另一名负责人复核').waitFor()
  assert.ok(await button(clerk.getByRole('main'), say('case', 'action.void')).isDisabled(), 'not by who proposed it')

  const head = await visit(t, { as: 'head_hr' })
  await head.goto(`/desk/cases/${scene.caseId}`)
  await settled(head)
  await head.getByText('申请人重复提交').first().waitFor()
  await shot(head, 'diversion void proposed', { fullPage: true })
  await divert(head, 'void', async (dialog) => {
    assert.equal(await text(dialog, 'void').inputValue(), '申请人重复提交，另一件已在办理。')
  })

  const citizen = await visit(t, { as: scene.account })
  await citizen.goto(`/applications/${scene.id}`)
  await citizen.getByText(say('application', 'state.voided'), { exact: true }).first().waitFor()
  await citizen.getByText('申请人重复提交').first().waitFor()
  await shot(citizen, 'diversion voided', { fullPage: true })
})
