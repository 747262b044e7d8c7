/** Hot items: counted from applications, pinned by an administrator, shown on the portal's home. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PHONE, press, settled, shot, visit } from './city.mjs'
import { say } from './texts.mjs'

const PINNED = '护士执业注册'

test('an administrator pins an item, and it stands first on the home of the portal', async (t) => {
  const page = await visit(t, { as: 'admin' })
  await page.goto('/admin/hot')
  await settled(page)
  await shot(page, 'hot items')
  await page.getByRole('searchbox').fill(PINNED)
  await page.getByRole('button', { name: say('hot', 'find'), exact: true }).click()
  // Counted by now, it stands in the table too.
  await press(page.getByRole('listitem').getByRole('button', { name: say('hot', 'pin_which', { name: PINNED }), exact: true }))
  await page.getByText(say('hot', 'saved'), { exact: true }).waitFor()
  const up = page.getByRole('button', { name: say('hot', 'up_which', { name: PINNED }), exact: true })
  // The buttons rest while a change is saved: only the place tells that it is done.
  const row = page.getByRole('row').filter({ has: up })
  const place = row.getByRole('cell').first()
  for (let at = Number(await place.innerText()); at > 1; at -= 1) {
    await up.click()
    await place.getByText(String(at - 1), { exact: true }).waitFor()
  }
  const citizen = await visit(t)
  await citizen.goto('/')
  const first = citizen.locator('.hot .name').first()
  await first.waitFor()
  assert.equal(await first.innerText(), PINNED)
  await shot(citizen, 'hot on the portal')

  await page.setViewportSize(PHONE)
  await shot(page, 'hot items phone')
  await press(page.getByRole('button', { name: say('hot', 'unpin_which', { name: PINNED }), exact: true }))
  await page.getByText(say('hot', 'saved'), { exact: true }).last().waitFor()
})
