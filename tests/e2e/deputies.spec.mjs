/** Deputies: the head is away, a clerk handles what waits for him, the case says so, and it is ended early. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { person, press, settled, shot, visit } from './city.mjs'
import { openCase } from './desk.mjs'
import { button } from './registration.mjs'
import { handle, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const DELEGATIONS = '/api/v1/identity/delegations'

// Whatever happens, nobody stands in for anybody when the next spec begins.
after(async () => {
  const head = await person('head_hr')
  const { items } = await head.get(`${DELEGATIONS}?current=true`)
  for (const { id, version } of items) await head.post(`${DELEGATIONS}/${id}/end`, { version })
})

test('the head names a deputy, who decides in his place until it is ended', async (t) => {
  const scene = await submitted()
  await handle(scene, ['accept', {}], ['step', { outcome: 'pass', opinion: '材料齐全。' }])
  const head = await visit(t, { as: 'head_hr' })
  await head.goto('/desk/deputies')
  await settled(head)
  await shot(head, 'deputies empty', { fullPage: true })
  await press(button(head.getByRole('main'), say('delegation', 'make')))
  const dialog = head.getByRole('dialog', { name: say('delegation', 'make') })
  await dialog.getByLabel(say('delegation', 'deputy'), { exact: true }).selectOption({ label: '周示例（经办人）' })
  await press(button(dialog, say('delegation', 'save')))
  await dialog.getByText(say('delegation', 'missing')).waitFor()
  await dialog.getByLabel(say('delegation', 'reason'), { exact: true }).fill('年休假')
  await shot(head, 'deputies dialog')
  await press(button(dialog, say('delegation', 'save')))
  await dialog.waitFor({ state: 'hidden' })
  await head.getByText(/您的岗位由周示例代理/).waitFor()
  await head.getByRole('main').getByText(say('delegation', 'stage.running'), { exact: true }).waitFor()
  await shot(head, 'deputies running', { fullPage: true })

  const clerk = await visit(t, { as: 'clerk_hr' })
  await openCase(clerk, scene.number)
  await clerk.getByText(/您正在代理吴示例的岗位/).waitFor()
  await settled(clerk)
  await shot(clerk, 'deputies case')
  const deputy = await person('clerk_hr')
  const { version } = await deputy.get(`/api/v1/approval/cases/${scene.caseId}`)
  await deputy.post(`/api/v1/approval/cases/${scene.caseId}/step`, { version, outcome: 'pass', opinion: '代为审核，同意' })
  await clerk.reload()
  await clerk.getByText(say('case', 'process.deputy', { deputy: '周示例', absent: '吴示例' })).waitFor()
  await shot(clerk, 'deputies timeline')

  const phone = await visit(t, { as: 'clerk_hr', phone: true })
  await phone.goto('/desk/deputies')
  await settled(phone)
  assert.ok(await phone.getByRole('main').getByText('年休假').isVisible())
  await shot(phone, 'deputies phone', { fullPage: true })

  await press(head.getByRole('main').getByRole('button', { name: say('delegation', 'end_one', { absent: '吴示例', deputy: '周示例' }) }))
  await press(button(head.getByRole('dialog'), say('delegation', 'end')))
  await head.getByText(say('delegation', 'empty')).waitFor()
  await head.getByText(/您的岗位由周示例代理/).waitFor({ state: 'detached' })
})
