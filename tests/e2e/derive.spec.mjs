/** An office derives its item from another one: its own places only, beside its parent, after the parent's next version, let go. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PC, person, PHONE, settled, shot, visit } from './city.mjs'
import { ITEM } from './scenes.mjs'
import { say } from './texts.mjs'

const PARENT = 'DERIVED-0001'
const NAME = '失业登记（沿用样例）'
const CHILD = 'DERIVED-0002'
const CITY = '长沙市人力资源和社会保障局'
const ITEMS = '/api/v1/catalogue/manage/items'
const PHONES = { own: '市人社局窗口电话 0731-84900000', above: '区人社局新电话 0731-84500001' }
const NEWS = '自新办法施行之日起全程网办。'
const t = (key, args) => say('manage-item', key, args)
const button = (page, key) => page.getByRole('button', { name: t(key), exact: true })
const field = (page, key) => page.getByLabel(t(`field.${key}`), { exact: true }).first()
const tab = (page, key) => page.getByRole('tab', { name: t(key), exact: true })
const row = (page, key) => page.getByRole('row').filter({ has: page.getByRole('cell', { name: t(`field.${key}`), exact: true }) })

/** Publishes the working copy, which a second person approves. */
async function publish(code) {
  const [admin, second] = [await person('admin'), await person('operator_city')]
  const { version } = await admin.get(`${ITEMS}/${code}`)
  const review = await admin.post(`${ITEMS}/${code}/submit`, { version, note: '新版。' })
  await second.post(`/api/v1/catalogue/manage/reviews/${review.id}/approve`, { version: review.version })
}

async function withdraw(code) {
  const admin = await person('admin')
  const { version } = await admin.get(`${ITEMS}/${code}`)
  await admin.post(`${ITEMS}/${code}/withdraw`, { version, reason: '样例已用完。' })
}

/** The same page as a desk and as a phone shows it. */
async function both(page, name, options = { fullPage: true }) {
  await settled(page)
  await shot(page, name, options)
  await page.setViewportSize(PHONE)
  await shot(page, `${name} phone`, options)
  await page.setViewportSize(PC)
}

async function save(page) {
  await button(page, 'edit.save').click()
  await page.getByText(t('edit.all_saved'), { exact: true }).waitFor()
}

/** Another office takes the item over, from the list. */
async function derive(page) {
  await page.goto('/admin/items')
  await settled(page)
  await button(page, 'derived.other').click()
  const dialog = page.getByRole('dialog')
  const take = dialog.getByRole('button', { name: t('derived.action'), exact: true })
  await take.click()
  await dialog.getByText(t('derived.parent_lacking')).waitFor()
  await dialog.getByRole('searchbox').fill('沿用样例')
  await dialog.getByRole('button', { name: NAME }).click()
  await dialog.getByText(t('derived.parent_lacking')).waitFor({ state: 'detached' })
  await dialog.getByLabel(t('field.department_code'), { exact: true }).selectOption({ label: CITY })
  await dialog.getByLabel(t('copy.code'), { exact: true }).fill(CHILD)
  await both(page, 'derive an item', {})
  await take.click()
  await page.waitForURL(new RegExp(`${CHILD}$`))
  await page.getByText(t('derived.from', { name: NAME, n: 1 })).waitFor()
}

test('an office takes an item over, says its own, and follows the next version', async (context) => {
  const admin = await person('admin')
  await admin.post(`${ITEMS}/${ITEM.code}/copy`, { code: PARENT, name: NAME })
  await publish(PARENT)
  const page = await visit(context, { as: 'admin' })
  await derive(page)
  await settled(page)
  assert.equal(await field(page, 'summary').getAttribute('readonly'), '', 'inherited fields are only shown')
  await both(page, 'derived item')
  await button(page, 'group.steps').click()
  await page.locator('summary').first().click()
  assert.equal(await field(page, 'step_name').getAttribute('readonly'), '', 'the name of a step is the parent\'s')
  assert.equal(await page.getByRole('button', { name: t('rows.add', { what: t('field.steps') }) }).count(), 0)
  await shot(page, 'derived item steps')
  await button(page, 'group.channels').click()
  await field(page, 'consultation').fill(PHONES.own)
  await tab(page, 'own.tab').click()
  await row(page, 'consultation').getByText(t('own.own'), { exact: true }).waitFor()
  await row(page, 'complaint').getByText(t('own.inherited'), { exact: true }).waitFor()
  await both(page, 'derived item beside its parent')
  // Places were left out for another office; here they are the parent's again.
  await page.getByRole('button', { name: t('own.back_which', { what: t('field.places') }) }).click()
  await row(page, 'places').getByText(t('own.inherited'), { exact: true }).waitFor()
  await save(page)
  const { item: parent } = await admin.get(`${ITEMS}/${PARENT}`)
  const { item: child } = await admin.get(`${ITEMS}/${CHILD}`)
  assert.deepEqual([child.places, child.consultation], [parent.places, PHONES.own])
  await publish(CHILD)

  const { version, item } = await admin.get(`${ITEMS}/${PARENT}`)
  await admin.put(`${ITEMS}/${PARENT}`, { version, item: { ...item, summary: NEWS, complaint: PHONES.above } })
  await publish(PARENT)
  await page.goto('/admin/items?behind=true')
  await both(page, 'derived items to follow up')
  await page.getByRole('link', { name: NAME }).click()
  await page.getByText(t('derived.behind', { name: NAME, n: 2 })).waitFor()
  await tab(page, 'own.tab').click()
  await page.getByText(t('own.news', { n: 2 }), { exact: true }).waitFor()
  await both(page, 'derived item behind')
  await button(page, 'derived.renew').click()
  await page.getByText(t('derived.pending', { name: NAME, n: 2 })).waitFor()
  await both(page, 'derived item updated and not in force')
  await page.getByText(t('own.news', { n: 2 }), { exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: t('edit.compare') }).click()
  await page.getByText(NEWS).first().waitFor()
  await publish(CHILD)
  const guide = await visit(context)
  await guide.goto(`/items/${CHILD}`)
  await guide.getByText(NEWS).first().waitFor()
  for (const phone of Object.values(PHONES)) await guide.getByText(phone).first().waitFor()
})

test('a parent says who is derived from it, and withdrawn it withdraws none of them', async (context) => {
  const page = await visit(context, { as: 'admin' })
  await page.goto(`/admin/items/${PARENT}`)
  await tab(page, 'uses.title').click()
  await page.getByRole('row').filter({ hasText: t('uses.derived') }).waitFor()
  await both(page, 'uses of a parent')
  await withdraw(PARENT)
  await page.goto('/admin/items?behind=true')
  await page.getByRole('link', { name: NAME }).click()
  await page.getByText(t('derived.withdrawn', { name: NAME })).waitFor()
  await both(page, 'derived item without parent')
  await button(page, 'derived.let_go').click()
  await page.getByRole('dialog').getByRole('button', { name: t('derived.let_go'), exact: true }).click()
  await page.getByText(t('derived.let_go_done'), { exact: true }).waitFor()
  await page.getByText(t('derived.withdrawn', { name: NAME })).waitFor({ state: 'detached' })
  assert.equal(await field(page, 'summary').getAttribute('readonly'), null, 'all of it is its own now')
  await page.goto('/admin/items?behind=true')
  await page.getByText(t('empty_filter'), { exact: true }).waitFor()
  // Nothing is left behind for others to find.
  await withdraw(CHILD)
})
