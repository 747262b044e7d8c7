/** What the city publishes: figures, masked cases, permits with their corrections, open data; and statistics for staff. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PHONE, press, settled, shot, until, visit, person, URL_OF_CITY } from './city.mjs'
import { button } from './registration.mjs'
import { handle, ITEM, OFFICE, reached, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const w = (key, args) => say('insight', key, args)
const API = '/api/v1/insight'
const both = async (page, name) => {
  await settled(page)
  await shot(page, `${name} 1440`, { fullPage: true })
  await page.setViewportSize(PHONE)
  await settled(page)
  await shot(page, `${name} 390`, { fullPage: true })
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('figures stand on the home page and lead to what is published', async (t) => {
  const page = await visit(t)
  await page.goto('/')
  const strip = page.locator('section').filter({ has: page.getByRole('heading', { name: w('efficiency.title') }) })
  await strip.getByText(w('efficiency.year_ended')).waitFor()
  await shot(page, 'publicity home 1440', { fullPage: true })
  await press(strip.getByRole('link', { name: w('efficiency.more') }))
  await page.getByRole('heading', { level: 1, name: w('publicity.title') }).waitFor()
  await page.getByRole('row').nth(5).waitFor()
  await both(page, 'publicity cases')
})

test('an accepted case is published masked, and pages go on', async (t) => {
  // A matter of persons: withheld until an administrator shows it.
  await (await person('admin')).put(`${API}/items/${ITEM.code}/publicity`, { withheld: false })
  const scene = await submitted()
  await reached(await handle(scene, ['accept', {}]), 'examining')
  const masked = `${scene.number.slice(0, 6)}****${scene.number.slice(-4)}`
  const shown = await until('the case among the published', async () => {
    const page = await (await fetch(`${URL_OF_CITY}${API}/published-cases?q=${scene.number}`)).json()
    return page.items[0]
  })
  assert.equal(shown.number, masked)
  assert.ok(shown.applicant.includes('*'), shown.applicant)
  const page = await visit(t)
  await page.goto('/publicity')
  await page.getByRole('searchbox').fill(scene.number)
  await press(button(page.getByRole('search'), w('search')))
  await page.getByRole('row').filter({ hasText: masked }).getByText(OFFICE).waitFor()
  assert.equal(await page.getByRole('main').getByText(scene.number, { exact: true }).count(), 0, 'the number is nowhere in full')
  await page.goto('/publicity?state=ended')
  await page.getByRole('row').nth(20).waitFor()
  await press(button(page, say('ui', 'more')))
  await page.getByRole('row').nth(25).waitFor()
  await page.goto('/publicity?q=没有这样的事项')
  await page.getByText(w('cases.empty')).waitFor()
  await shot(page, 'publicity empty 1440')
})

test('a permit is published, corrected by its office, and withdrawn', async (t) => {
  const everybody = await visit(t)
  await everybody.goto('/publicity?tab=permits')
  await everybody.getByRole('row').nth(3).waitFor()
  await both(everybody, 'publicity permits')
  await press(everybody.getByRole('button', { name: new RegExp(`^${w('permit.details')}`) }).first())
  await everybody.getByRole('dialog').getByText(w('permit.permit_kind')).waitFor()
  await shot(everybody, 'publicity permit 1440')

  const office = await visit(t, { as: 'operator_city' })
  await office.goto('/desk/permits')
  const row = office.getByRole('row').nth(1)
  const number = (await row.getByRole('cell').first().innerText()).trim()
  await press(row.getByRole('button', { name: new RegExp(`^${w('permit.correct')}`) }))
  const dialog = office.getByRole('dialog', { name: w('permit.correct') })
  await dialog.getByLabel(w('permit.content')).fill('更正后的许可内容')
  assert.ok(await button(dialog, w('permit.save')).isDisabled(), 'not without a reason')
  await dialog.getByLabel(w('permit.reason')).fill('许可内容填写有误')
  await shot(office, 'permits correct 1440')
  await press(button(dialog, w('permit.save')))
  await office.getByRole('status').filter({ hasText: w('permit.correct_done') }).waitFor()
  await both(office, 'permits register')
  await office.goto(`/desk/permits?q=${encodeURIComponent(number)}`)
  await office.getByText('更正后的许可内容').waitFor()
  await press(office.getByRole('button', { name: `${w('permit.withdraw')} ${number}` }))
  const confirm = office.getByRole('dialog', { name: w('permit.withdraw') })
  await confirm.getByRole('textbox').fill('信用修复')
  await press(button(confirm, w('permit.withdraw')))
  await office.getByRole('row').filter({ hasText: number }).getByText(w('permit.withdrawn')).waitFor()
  await everybody.goto(`/publicity?tab=permits&q=${encodeURIComponent(number)}`)
  await everybody.getByText(w('permit.empty')).waitFor()
})

test('open data are listed with their fields and taken as files', async (t) => {
  const page = await visit(t)
  await page.goto('/open-data')
  const csv = page.getByRole('link', { name: w('open_data.csv') })
  await csv.first().waitFor()
  assert.equal(await csv.count(), 4)
  await both(page, 'open-data')
  for (const kind of ['csv', 'json']) {
    for (const link of await page.getByRole('link', { name: w(`open_data.${kind}`) }).all()) {
      const coming = page.waitForEvent('download')
      await link.click()
      const stream = await (await coming).createReadStream()
      let bytes = 0
      for await (const piece of stream) bytes += piece.length
      assert.ok(bytes > 300, `${await link.getAttribute('href')}: ${bytes} bytes`)
    }
  }
})

test('staff see statistics of their reach, and an administrator withholds an item', async (t) => {
  const centre = await visit(t, { as: 'operator_city' })
  await centre.goto('/desk/statistics')
  await centre.getByRole('row').nth(2).waitFor()
  await both(centre, 'statistics')
  await centre.getByLabel(w('by.label')).selectOption('region')
  await centre.getByRole('row').filter({ hasText: '岳麓区' }).waitFor()
  const coming = centre.waitForEvent('download')
  await centre.getByRole('link', { name: w('statistics.file') }).click()
  assert.match((await coming).suggestedFilename(), /^statistics-.*\.csv$/)
  await centre.goto('/desk/statistics?from=2020-01-01&to=2020-01-31')
  await centre.getByText(w('statistics.empty')).waitFor()

  const admin = await visit(t, { as: 'admin' })
  await admin.goto('/admin/statistics')
  await admin.getByRole('heading', { name: w('comparison.title') }).waitFor()
  await admin.goto('/admin/publicity?state=shown')
  const row = admin.getByRole('row').nth(1)
  const name = (await row.getByRole('cell').first().innerText()).trim()
  await both(admin, 'publicity items')
  await press(row.getByRole('button', { name: new RegExp(`^${w('items.withhold')}`) }))
  await admin.getByRole('status').filter({ hasText: w('items.withheld_done', { name }) }).waitFor()
  const people = await person('admin')
  const [set] = (await people.get(`${API}/items?withheld=true&limit=100`)).items.filter((one) => one.name === name)
  assert.equal(set.decided_by_hand, true)
  await people.put(`${API}/items/${set.code}/publicity`, { withheld: false })
})
