/** 督办: an inspector orders a reply and urges; the head answers; both stand on the case. */
import { test } from 'node:test'
import { press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { handle, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

test('an inspector orders a reply, the head gives it, and the handler is urged', async (t) => {
  const scene = await handle(await submitted(), ['accept', {}])
  const inspector = await visit(t, { as: 'operator_district' })
  await inspector.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(inspector)
  const supervise = say('supervision', 'supervise')
  await press(button(inspector.getByRole('main'), supervise))
  const dialog = inspector.getByRole('dialog', { name: supervise })
  await dialog.getByLabel(say('supervision', 'words')).fill('群众反映办理缓慢，请说明情况。')
  await shot(inspector, 'supervision order')
  await press(button(dialog, supervise))
  await dialog.waitFor({ state: 'hidden' })
  await inspector.getByText('群众反映办理缓慢').first().waitFor()
  const urge = say('supervision', 'urge')
  await press(button(inspector.getByRole('main'), urge))
  const asked = inspector.getByRole('dialog', { name: urge })
  await asked.getByLabel(say('supervision', 'words')).fill('请抓紧办理。')
  await press(button(asked, urge))
  await asked.waitFor({ state: 'hidden' })

  const head = await visit(t, { as: 'head_hr' })
  await head.goto('/desk/supervisions?show=mine')
  await settled(head)
  const row = head.getByRole('row').filter({ hasText: scene.number })
  await row.getByText('群众反映办理缓慢').waitFor()
  await shot(head, 'supervision worklist', { fullPage: true })
  const phone = await visit(t, { as: 'head_hr', phone: true })
  await phone.goto('/desk/supervisions?show=mine')
  await settled(phone)
  await shot(phone, 'supervision phone', { fullPage: true })
  const reply = say('supervision', 'reply')
  await press(button(row, reply))
  const answer = head.getByRole('dialog', { name: reply })
  await answer.getByLabel(say('supervision', 'reply_words')).fill('已安排今日办结。')
  await press(button(answer, reply))
  await answer.waitFor({ state: 'hidden' })
  await head.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(head)
  await head.getByText('已安排今日办结').first().waitFor()
  await shot(head, 'supervision case', { fullPage: true })
})
