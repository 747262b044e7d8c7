/** Applicant and office write to each other about a case, with a file; the desk marks what waits for an answer. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const PDF = { name: '停业证明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') }
const PAGE = { name: '停业证明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html></html>') }

async function write(within, words) {
  await within.getByLabel(say('letter', 'words'), { exact: true }).fill(words)
  await press(button(within, say('letter', 'send')))
}

test('a question reaches the desk, is answered, and the answer reaches the applicant', async (t) => {
  const scene = await submitted()
  const mine = await visit(t, { as: 'citizen1' })
  await mine.goto(`/applications/${scene.id}`)
  await settled(mine)
  expects(mine, /422 .*letters$/)
  const card = mine.locator('#letters')
  await press(button(card, say('letter', 'send')))
  await card.getByText(say('letter', 'missing')).waitFor()
  await card.locator('input[type=file]').setInputFiles(PAGE)
  await write(card, '您好，停业证明补传在附件，请问还需要带原件吗？')
  await card.getByRole('alert').first().waitFor()
  await shot(mine, 'letter refused', { fullPage: true })
  assert.equal(await card.getByLabel(say('letter', 'words'), { exact: true }).inputValue(), '您好，停业证明补传在附件，请问还需要带原件吗？')
  await press(card.getByRole('button', { name: say('ui', 'upload.remove', { name: PAGE.name }) }))
  await card.locator('input[type=file]').setInputFiles(PDF)
  await press(button(card, say('letter', 'send')))
  await card.getByRole('link', { name: /停业证明\.pdf/ }).waitFor()
  await shot(mine, 'letter sent', { fullPage: true })

  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto('/desk/cases?only=letter')
  await settled(clerk)
  await shot(clerk, 'letters waiting')
  await press(clerk.getByRole('link', { name: scene.number }))
  await settled(clerk)
  await clerk.getByRole('tab', { name: new RegExp(`^${say('letter', 'tab')}`) }).click()
  const desk = clerk.getByRole('region', { name: say('letter', 'desk_title') })
  await desk.getByText('停业证明补传在附件').waitFor()
  await desk.getByText(say('letter', 'waiting')).waitFor()
  await write(desk, '您好，材料已收到，领取时带身份证即可，不需要原件。')
  await desk.getByText(say('letter', 'waiting')).waitFor({ state: 'hidden' })
  await desk.getByText('不需要原件').waitFor()
  await shot(clerk, 'letter answered', { fullPage: true })

  await card.getByText('不需要原件').waitFor()
  const phone = await visit(t, { as: 'citizen1', phone: true })
  await phone.goto(`/applications/${scene.id}`)
  await settled(phone)
  await phone.locator('#letters').scrollIntoViewIfNeeded()
  await shot(phone, 'letters phone', { fullPage: true })
  const small = await visit(t, { as: 'clerk_hr', phone: true })
  await small.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(small)
  await small.getByRole('tab', { name: new RegExp(`^${say('letter', 'tab')}`) }).click()
  await small.getByText('不需要原件').waitFor()
  await shot(small, 'letters desk phone', { fullPage: true })

  // A word of thanks waits for nothing.
  await write(card, '好的，谢谢！')
  await card.getByText('好的，谢谢！').waitFor()
  await desk.getByText(say('letter', 'waiting')).waitFor()
  await press(button(desk, say('letter', 'settle')))
  await desk.getByText(say('letter', 'waiting')).waitFor({ state: 'hidden' })
})
