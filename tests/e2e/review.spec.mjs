/** Nobody publishes what he wrote himself: submitted, returned, approved for a day to come, taken back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PC, person, PHONE, settled, shot, visit } from './city.mjs'
import { say } from './texts.mjs'

const BIRTH = { code: 'REVIEW-0001', from: '11430102TB000008714432099001000' }
const ITEMS = '/api/v1/catalogue/manage/items'
const words = (key, more) => say('manage-item', `review.${key}`, more)
const button = (page, key) => page.getByRole('button', { name: words(key), exact: true })

/** An item of its own that is in force, with a change saved but not submitted. */
async function changed() {
  const [admin, second] = [await person('admin'), await person('operator_city')]
  const { version } = await admin.post(`${ITEMS}/${BIRTH.from}/copy`, { code: BIRTH.code, name: '失业登记（审核样例）' })
  const review = await admin.post(`${ITEMS}/${BIRTH.code}/submit`, { version, note: '新事项。' })
  await second.post(`/api/v1/catalogue/manage/reviews/${review.id}/approve`, { version: review.version })
  const draft = await admin.get(`${ITEMS}/${BIRTH.code}`)
  const item = { ...draft.item, summary: '自新办法施行之日起，失业登记全程网办。', keywords: [...draft.item.keywords, '全程网办'] }
  await admin.put(`${ITEMS}/${BIRTH.code}`, { version: draft.version, item })
}

async function submit(page, note, day) {
  await button(page, 'submit').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words('note'), { exact: true }).fill(note)
  if (day) {
    await dialog.getByRole('radio', { name: new RegExp(words('on_day')) }).check()
    await shot(page, 'review submit')
    await dialog.getByLabel(words('day'), { exact: true }).fill(day)
  }
  await dialog.getByRole('button', { name: words('submit'), exact: true }).click()
}

test('a version is returned, mended, approved for a day to come and taken back before it', async (t) => {
  await changed()
  const editor = await visit(t, { as: 'admin' })
  await editor.goto(`/admin/items/${BIRTH.code}`)
  await settled(editor)
  await button(editor, 'submit').click()
  await editor.getByRole('dialog').getByRole('button', { name: words('submit'), exact: true }).click()
  await editor.getByText(words('note_required')).waitFor()
  await editor.getByRole('dialog').getByRole('button', { name: words('cancel'), exact: true }).click()
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
  await submit(editor, '按新办法改为全程网办。', day)
  await editor.getByText(/已于 .* 提交审核/).waitFor()
  assert.equal(await button(editor, 'submit').count(), 0, 'nothing is submitted twice')
  await editor.getByRole('link', { name: words('open'), exact: true }).click()
  await editor.getByText(words('own_told')).waitFor()
  assert.equal(await button(editor, 'approve').count(), 0, 'the editor does not decide')
  await shot(editor, 'review of the editor')

  const second = await visit(t, { as: 'operator_city' })
  await second.goto('/admin/reviews')
  await second.getByRole('link', { name: '失业登记（审核样例）' }).click()
  await second.getByText('简要说明').waitFor()
  await shot(second, 'review decision', { fullPage: true })
  await second.setViewportSize(PHONE)
  await shot(second, 'review decision phone', { fullPage: true })
  await second.setViewportSize(PC)
  await button(second, 'return').click()
  const dialog = second.getByRole('dialog')
  await dialog.getByRole('textbox').fill('请写明新办法的文号。')
  await dialog.getByRole('button', { name: words('return'), exact: true }).click()
  await second.getByText(words('done_returned')).first().waitFor()

  await editor.goto(`/admin/items/${BIRTH.code}`)
  await editor.getByText('请写明新办法的文号。').waitFor()
  await shot(editor, 'item returned')
  await submit(editor, '按某人社规〔2026〕9 号改为全程网办。', day)
  await editor.getByText(/已于 .* 提交审核/).waitFor()
  await second.goto('/admin/reviews')
  await second.getByRole('link', { name: '失业登记（审核样例）' }).click()
  await button(second, 'approve').click()
  await dialog.getByText(new RegExp(`自 ${day} 零时`)).waitFor()
  await dialog.getByRole('button', { name: words('approve'), exact: true }).click()
  await second.getByText(words('done_scheduled')).first().waitFor()
  await second.goto('/admin/reviews?state=scheduled')
  await settled(second)
  await shot(second, 'reviews scheduled')

  const citizen = await visit(t)
  await citizen.goto(`/items/${BIRTH.code}`)
  await citizen.getByText(/新版指南自 \d+ ?年 ?\d+ ?月 ?\d+ ?日 ?起施行/).waitFor()
  assert.equal(await citizen.getByText('自新办法施行之日起', { exact: false }).count(), 0, 'it is not in force')
  await shot(citizen, 'guide coming')

  await editor.reload()
  await button(editor, 'take_back').first().click()
  await editor.getByRole('dialog').getByRole('button', { name: words('take_back'), exact: true }).click()
  await editor.getByText(words('taken_back_done')).first().waitFor()
  await citizen.reload()
  await settled(citizen)
  assert.equal(await citizen.getByText(/新版指南自/).count(), 0)

  // Nothing stays behind that others would find.
  const admin = await person('admin')
  const { version } = await admin.get(`${ITEMS}/${BIRTH.code}`)
  await admin.post(`${ITEMS}/${BIRTH.code}/withdraw`, { version, reason: '测试结束' })
})
