/** Blank forms and samples: brought beside their material, published with it, taken along by anybody. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { expects, PC, person, PHONE, press, settled, shot, visit } from './city.mjs'
import { ITEM, PICTURE, PROOF } from './scenes.mjs'
import { say } from './texts.mjs'
import { archive } from './xlsx.mjs'

const CODE = 'FORMS-0001'
const ITEMS = '/api/v1/catalogue/manage/items'
const BLANK = { name: '终止劳动关系证明（空白）.docx', mimeType: '', buffer: archive({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' }) }
const SAMPLE = { name: '终止劳动关系证明（样表）.png', mimeType: 'image/png', buffer: PICTURE }
const t = (key, args) => say('manage-item', key, args)
const button = (page, key) => page.getByRole('button', { name: t(key), exact: true })

/** An item of its own that is in force. */
async function prepared() {
  const [admin, second] = [await person('admin'), await person('operator_city')]
  const { version } = await admin.post(`${ITEMS}/${ITEM.code}/copy`, { code: CODE, name: '失业登记（表格样例）' })
  const review = await admin.post(`${ITEMS}/${CODE}/submit`, { version, note: '新事项。' })
  await second.post(`/api/v1/catalogue/manage/reviews/${review.id}/approve`, { version: review.version })
}

/** What a link hands out. */
async function handedOut(page, link) {
  const [file] = await Promise.all([page.waitForEvent('download'), press(link)])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

test('an editor brings the forms of a material, and citizens find them in guide and application', async (context) => {
  await prepared()
  const page = await visit(context, { as: 'admin' })
  await page.goto(`/admin/items/${CODE}`)
  await settled(page)
  await button(page, 'group.materials').click()
  await page.locator('summary').filter({ hasText: PROOF.name }).first().click()
  const field = (key) => page.locator('details[open]').getByLabel(new RegExp(`^${t(`field.${key}`)}`)).first()
  expects(page, /422 .*\/form-files/)
  await field('blank_form').setInputFiles({ name: '证明.docx', mimeType: '', buffer: Buffer.from('MZ not a document') })
  await page.getByText('格式不支持').first().waitFor()
  await shot(page, 'form file refused')
  await field('blank_form').setInputFiles(BLANK)
  await page.getByRole('link', { name: BLANK.name }).waitFor()
  await field('sample_form').setInputFiles(SAMPLE)
  await page.getByRole('link', { name: SAMPLE.name }).waitFor()
  await settled(page)
  await shot(page, 'form files in the editor', { fullPage: true })
  await page.setViewportSize(PHONE)
  await page.getByRole('link', { name: SAMPLE.name }).scrollIntoViewIfNeeded()
  await shot(page, 'form files in the editor phone')
  await page.setViewportSize(PC)
  await button(page, 'edit.save').click()
  await page.getByText(t('edit.all_saved'), { exact: true }).waitFor()
  await page.getByRole('tab', { name: t('edit.compare') }).click()
  // The editor beside it names the file too.
  await page.getByText(BLANK.name).filter({ visible: true }).first().waitFor()
  await shot(page, 'form files compared')

  const [admin, second] = [await person('admin'), await person('operator_city')]
  const { version } = await admin.get(`${ITEMS}/${CODE}`)
  const review = await admin.post(`${ITEMS}/${CODE}/submit`, { version, note: '补充空白表格和样表。' })
  await second.post(`/api/v1/catalogue/manage/reviews/${review.id}/approve`, { version: review.version })

  const anybody = await visit(context)
  await anybody.goto(`/items/${CODE}`)
  await settled(anybody)
  // The list of materials follows the answers.
  for (const answer of ['没有工作，想找工作', '芙蓉区，户籍也在芙蓉区', '与用人单位终止或者解除劳动关系']) await anybody.getByLabel(answer, { exact: true }).check()
  const link = (key) => anybody.getByRole('link', { name: new RegExp(`^${say('guide', `material.${key}`)}`) }).first()
  await link('blank_form').scrollIntoViewIfNeeded()
  await shot(anybody, 'guide with forms', { fullPage: true })
  const blank = await handedOut(anybody, link('blank_form'))
  assert.equal(blank.name, BLANK.name)
  assert.deepEqual(blank.bytes, BLANK.buffer)
  await anybody.setViewportSize(PHONE)
  await shot(anybody, 'guide with forms phone', { fullPage: true })

  const citizen = await person('citizen1')
  const draft = await citizen.post('/api/v1/intake/applications', { item_code: CODE, situation_answers: { status: 'jobless', residence: 'local', reason: 'employer' }, channel: 'pc' })
  const applicant = await visit(context, { as: 'citizen1', phone: true })
  await applicant.goto(`/applications/${draft.id}/fill?step=materials`)
  await settled(applicant)
  const material = applicant.getByRole('region', { name: PROOF.name })
  await shot(applicant, 'application with forms', { fullPage: true })
  const again = await handedOut(applicant, material.getByRole('link', { name: new RegExp(`^${say('guide', 'material.blank_form')}`) }))
  assert.deepEqual(again.bytes, BLANK.buffer)
  const sample = material.getByRole('link', { name: new RegExp(`^${say('guide', 'material.sample_form')}`) })
  const answer = await applicant.request.get(await sample.getAttribute('href'))
  assert.deepEqual(await answer.body(), PICTURE)
  await citizen.delete(`/api/v1/intake/applications/${draft.id}`)
  // Whoever looks for the item behind this test finds one of its name.
  const last = await admin.get(`${ITEMS}/${CODE}`)
  await admin.post(`${ITEMS}/${CODE}/withdraw`, { version: last.version, reason: '测试结束' })
})
