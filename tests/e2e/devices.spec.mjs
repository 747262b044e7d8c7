/** One draft on a computer and on a phone: the second save is told who and when, and nothing is lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, until, visit } from './city.mjs'
import { button, clearDrafts } from './registration.mjs'
import { filled } from './scenes.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'

test('two devices write one draft; what both changed is asked about, the rest comes together', async (t) => {
  await clearDrafts('citizen2')
  const draft = await filled('citizen2')
  const citizen = await person('citizen2')
  const at = (section) => `/applications/${draft.id}/fill?step=form&section=${section}`
  const pc = await visit(t, { as: 'citizen2' })
  const phone = await visit(t, { as: 'citizen2', phone: true })
  for (const page of [pc, phone]) {
    // The late save is refused: that is what this is about.
    expects(page, /409 \(Conflict\)/)
    await page.goto(at('person'))
    await settled(page)
  }

  await phone.getByLabel('详细地址').fill('五一大道 2 号 3 栋 502 室')
  await phone.getByText(/已自动保存 /).waitFor()
  await until('the phone’s address', async () => (await citizen.get(`${INTAKE}/${draft.id}`)).form.address.startsWith('五一大道'))

  // The computer has the old version, another address and another education.
  await pc.getByLabel('详细地址').fill('八一路 1 号 2 栋 301 室（新）')
  await pc.getByRole('combobox', { name: '学历' }).selectOption({ label: '大学本科' })
  await pc.getByText(say('wizard', 'conflict.title')).waitFor()
  await pc.getByText(/^本人于 .* 修改了这份申请/).waitFor()
  await shot(pc, 'devices conflict')
  await press(button(pc, say('wizard', 'conflict.merge')))
  const choice = pc.getByRole('group', { name: '详细地址', exact: true })
  await choice.getByText('五一大道 2 号 3 栋 502 室').waitFor()
  await choice.getByText('八一路 1 号 2 栋 301 室（新）').waitFor()
  await shot(pc, 'devices choice', { fullPage: true })
  assert.equal((await citizen.get(`${INTAKE}/${draft.id}`)).form.education, 'college', 'nothing is saved before the choice')
  await choice.getByRole('radio').nth(1).check()
  await press(button(pc, say('wizard', 'conflict.keep')))
  await pc.getByText(/已自动保存 /).waitFor()
  const now = await until('both', async () => {
    const { form } = await citizen.get(`${INTAKE}/${draft.id}`)
    return form.education === 'bachelor' && form
  })
  assert.equal(now.address, '五一大道 2 号 3 栋 502 室')
  assert.equal(await pc.getByLabel('详细地址').inputValue(), '五一大道 2 号 3 栋 502 室')

  // Now the phone is late; it chooses its own.
  await phone.getByLabel('详细地址').fill('五一大道 2 号 3 栋 503 室')
  await phone.getByText(say('wizard', 'conflict.title')).waitFor()
  await press(button(phone, say('wizard', 'conflict.merge')))
  await phone.getByText(/已自动保存 /).waitFor()
  await shot(phone, 'devices phone merged')
  const last = await until('the phone’s last word', async () => {
    const { form } = await citizen.get(`${INTAKE}/${draft.id}`)
    return form.address.includes('503') && form
  })
  assert.equal(last.education, 'bachelor', 'only the address was changed here: the rest is from there, without a question')
  await citizen.delete(`${INTAKE}/${draft.id}`)
})
