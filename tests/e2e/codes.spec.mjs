/** Tables of codes: a district calls a type otherwise, and the portal follows at once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PHONE, settled, shot, visit } from './city.mjs'
import { say } from './texts.mjs'

const ITEM = '11430102TB000008714432099001000'

test('an administrator renames a type for a district, and the guide there shows the new name', async (t) => {
  const page = await visit(t, { as: 'admin' })
  await page.goto('/admin/codes?region=430102')
  await settled(page)
  await shot(page, 'codes')
  await page.getByLabel(say('code-table', 'name_of', { code: '20' }), { exact: true }).fill('便民服务事项')
  await page.getByRole('button', { name: say('code-table', 'save'), exact: true }).click()
  await page.getByText(say('code-table', 'saved'), { exact: true }).waitFor()
  const citizen = await visit(t)
  await citizen.goto(`/items/${ITEM}`)
  await citizen.getByText('便民服务事项', { exact: true }).waitFor()
  await shot(citizen, 'guide with a name of the district')

  // A table of free words: one is added, and the others stay as they were.
  await page.goto('/admin/codes?table=industry&region=430102')
  await settled(page)
  await page.getByLabel(say('code-table', 'further'), { exact: true }).fill('夜间经济')
  await page.getByRole('button', { name: say('code-table', 'add'), exact: true }).click()
  await page.getByRole('button', { name: say('code-table', 'save'), exact: true }).click()
  await page.getByText(say('code-table', 'own'), { exact: true }).waitFor()
  await shot(page, 'codes open table')
  await page.setViewportSize(PHONE)
  await shot(page, 'codes open table phone')
  for (const table of ['industry', 'item_type']) {
    await page.goto(`/admin/codes?table=${table}&region=430102`)
    await page.getByRole('button', { name: say('code-table', 'inherit'), exact: true }).click()
    await page.getByRole('button', { name: say('code-table', 'inherit'), exact: true }).waitFor({ state: 'detached' })
  }
  await shot(page, 'codes phone')
  assert.equal(await page.getByText(say('code-table', 'own'), { exact: true }).count(), 0)
})
