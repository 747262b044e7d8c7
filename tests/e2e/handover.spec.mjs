/** Hand-over: a case from its page to a colleague, then all that he handles back by one batch. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { handle, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const CASES = '/api/v1/approval/cases'
const handOver = say('case', 'action.hand_over')

test('a head hands one case over, then all that a colleague handles', async (t) => {
  const scene = await submitted()
  await handle(scene, ['accept', {}])
  const clerk = await person('clerk_hr')
  assert.equal((await clerk.get(`${CASES}/${scene.caseId}`)).handler, '周示例')

  const head = await visit(t, { as: 'head_hr' })
  await head.goto(`/desk/cases/${scene.caseId}`)
  await press(head.getByText(say('case', 'decision.more'), { exact: true }))
  await press(button(head, handOver))
  const dialog = head.getByRole('dialog', { name: handOver })
  await press(button(dialog, handOver))
  await dialog.getByText(say('case', 'reason.required', { what: say('case', 'divert.text.hand_over') })).waitFor()
  await dialog.getByLabel(say('case', 'divert.successor_id'), { exact: true }).selectOption({ label: '吴示例（负责人岗）' })
  await dialog.getByLabel(say('case', 'divert.text.hand_over'), { exact: true }).fill('周示例外出培训')
  await shot(head, 'handover dialog')
  await press(button(dialog, handOver))
  await dialog.waitFor({ state: 'hidden' })
  await head.goto(`/desk/cases/${scene.caseId}`)
  await head.getByText(say('case', 'process.successor', { name: '吴示例' })).waitFor()
  await settled(head)
  await shot(head, 'handover timeline')
  const handed = await clerk.get(`${CASES}/${scene.caseId}`)
  assert.deepEqual([handed.handler, handed.state], ['吴示例', 'examining'])

  await head.goto('/desk/todo')
  await press(button(head, say('desk', 'nav.more')))
  await shot(head, 'handover menu')
  await press(head.getByRole('link', { name: say('desk', 'nav.handover'), exact: true }))
  await settled(head)
  await shot(head, 'handover page', { fullPage: true })
  await press(head.getByRole('button', { name: say('handover', 'hand_over_of', { name: '吴示例' }) }))
  const batch = head.getByRole('dialog')
  await batch.getByLabel(say('case', 'divert.successor_id'), { exact: true }).selectOption({ label: '周示例（经办岗）' })
  await batch.getByLabel(say('batch', 'reason'), { exact: true }).fill('培训结束')
  await shot(head, 'handover batch dialog')
  await press(button(batch, say('batch', 'try')))
  await head.waitForURL(/\/batches\//)
  await settled(head)
  await shot(head, 'handover tried')
  await press(head.getByRole('button', { name: /^确认办理/ }))
  await head.getByText(/^已完成，/).waitFor({ timeout: 60_000 })
  assert.equal((await clerk.get(`${CASES}/${scene.caseId}`)).handler, '周示例')

  const phone = await visit(t, { as: 'head_hr', phone: true })
  await phone.goto('/desk/handover')
  await settled(phone)
  await shot(phone, 'handover phone', { fullPage: true })
})
