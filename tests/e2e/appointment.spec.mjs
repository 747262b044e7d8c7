/** 预约办理: a citizen books, the clerk confirms, the citizen changes, the clerk checks in; a full slot is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, until, visit } from './city.mjs'
import { button } from './registration.mjs'
import { ITEM } from './scenes.mjs'
import { say } from './texts.mjs'

const HALL = '/api/v1/hall'
const OFFICE = '11430102TB00000871'
const own = (key, args) => say('appointment', key, args)
const desk = (key, args) => say('visit-desk', key, args)
const spaced = (number) => `${number.slice(0, 4)} ${number.slice(4)}`

/** A place of its own that is open all day today and tomorrow, one visit a slot; closed again by the end. */
async function place(t) {
  const admin = await person('admin')
  const [demo] = (await admin.get(`${HALL}/manage/sites`)).items
  const [today, tomorrow] = await admin.get(`${HALL}/places/${demo.id}/slots?counter=${demo.document.counters[0].key}`)
  const whole = { morning: { from: '00:00', until: '12:00' }, afternoon: { from: '12:00', until: '23:59' } }
  const document = {
    ...demo.document,
    name: `预约演练网点 ${Date.now()}`,
    slot_minutes: 10,
    close_minutes: 0,
    confirmation: 'staff',
    exceptions: [today, tomorrow].map(({ day }) => ({ day, hours: whole, note: '' })),
    counters: [{ key: 'c1', name: '演练窗口', morning: 1, afternoon: 1, all_items: true, items: [], pickup: false }],
  }
  const site = await admin.post(`${HALL}/manage/sites`, { department_code: OFFICE, document })
  t.after(async () => {
    const { version } = await admin.get(`${HALL}/manage/sites/${site.id}`)
    const shut = { ...document, open: false }
    const affected = (await admin.post(`${HALL}/manage/sites/${site.id}/preview`, { document: shut })).length
    await admin.put(`${HALL}/manage/sites/${site.id}`, { version, document: shut, affected, reason: '演练结束。' })
  })
  return { ...site, today: today.day }
}

/** What earlier runs left is cancelled. */
async function clear(account) {
  const citizen = await person(account)
  const { items } = await citizen.get(`${HALL}/appointments?limit=100`)
  for (const one of items.filter(({ acts }) => acts.includes('cancel'))) await citizen.post(`${HALL}/appointments/${one.id}/cancel`, { version: one.version })
  return citizen
}

/** The slots to choose, the second part of the picker; late ones, so that no term runs out under the test. */
const slots = (page) => page.locator('fieldset').filter({ hasText: own('pick.slot') }).last().getByRole('radio')

test('a citizen books, the clerk confirms, he takes another slot, and is checked in', async (t) => {
  const site = await place(t)
  const api = await clear('citizen1')
  const other = await clear('citizen2')

  const citizen = await visit(t, { as: 'citizen1', phone: true })
  await citizen.goto(`/items/${ITEM.code}`)
  await press(citizen.getByRole('link', { name: own('entry') }).first())
  await citizen.getByRole('radio', { name: new RegExp(site.document.name) }).check()
  await slots(citizen).first().waitFor()
  await settled(citizen)
  await press(button(citizen, own('book')))
  await citizen.getByText(own('pick.missing')).waitFor()
  await slots(citizen).nth(-2).check()
  await shot(citizen, 'appointment book phone', { fullPage: true })
  await press(button(citizen, own('book')))
  await citizen.getByText(own('state.requested'), { exact: true }).first().waitFor()
  await settled(citizen)
  await shot(citizen, 'appointment mine phone', { fullPage: true })
  const booked = (await api.get(`${HALL}/appointments`)).items[0]
  assert.equal(booked.place.id, site.id)

  await refused(t, other, booked, site)
  const clerk = await confirmed(t, booked, site)

  await citizen.reload()
  await citizen.getByText(own('state.confirmed'), { exact: true }).first().waitFor()
  await press(button(citizen, own('change_one', { name: ITEM.name })))
  const dialog = citizen.getByRole('dialog', { name: own('change_title') })
  await slots(dialog).first().waitFor()
  await slots(dialog).nth(-3).check()
  await shot(citizen, 'appointment change phone')
  await press(button(dialog, own('change_save')))
  await dialog.waitFor({ state: 'hidden' })
  const changed = (await api.get(`${HALL}/appointments`)).items[0]
  assert.deepEqual([changed.number, changed.state], [booked.number, 'requested'])
  assert.notEqual(changed.starts_at, booked.starts_at)
  await checkedIn(clerk, booked.number)

  // The message came by the log.
  await until('the message', async () => (await api.get('/api/v1/intake/messages')).items.find(({ kind }) => kind === 'appointment_confirmed'))
  await citizen.goto('/messages')
  await citizen.getByText('预约已确认').first().waitFor()
})

/** The slot is taken: the page does not offer it, and the server refuses it. */
async function refused(t, other, booked, site) {
  const page = await visit(t, { as: 'citizen2' })
  await page.goto(`/appointments/book?item=${ITEM.code}`)
  await page.getByRole('radio', { name: new RegExp(site.document.name) }).check()
  const full = page.locator('label').filter({ hasText: own('pick.full') }).first()
  await full.waitFor()
  assert.equal(await full.getByRole('radio').isDisabled(), true)
  await settled(page)
  await shot(page, 'appointment full slot', { fullPage: true })
  const wish = { site_id: site.id, slot: { counter: 'c1', starts_at: booked.starts_at }, errand: { item_code: ITEM.code } }
  await assert.rejects(other.post(`${HALL}/appointments`, wish), /409|slot_full/)
}

/** The clerk finds it on the day's list and confirms it. */
async function confirmed(t, booked, site) {
  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto(`/desk/visits?site=${site.id}&day=${site.today}`)
  const row = clerk.getByRole('row', { name: new RegExp(spaced(booked.number)) })
  await row.waitFor()
  await settled(clerk)
  await shot(clerk, 'appointment desk', { fullPage: true })
  await press(button(clerk, desk('move_one', { number: spaced(booked.number) })))
  const dialog = clerk.getByRole('dialog')
  await press(button(dialog, desk('move')))
  await dialog.getByText(desk('reason_missing')).waitFor()
  await shot(clerk, 'appointment move refused')
  await clerk.keyboard.press('Escape')
  await press(button(clerk, desk('confirm_one', { number: spaced(booked.number) })))
  await row.getByText(own('state.confirmed'), { exact: true }).waitFor()
  return clerk
}

/** He says his number at the counter. */
async function checkedIn(clerk, number) {
  await clerk.getByLabel(desk('search')).fill(spaced(number))
  await press(button(clerk, desk('find')))
  await press(button(clerk, desk('check_in_one', { number: spaced(number) })))
  await clerk.getByText(own('state.attended'), { exact: true }).first().waitFor()
  await shot(clerk, 'appointment checked in')
}

test('hours are changed under what is booked: who is affected is shown, and told', async (t) => {
  const site = await place(t)
  const api = await clear('citizen1')
  const [, tomorrow] = await api.get(`${HALL}/places/${site.id}/slots?counter=c1`)
  const wish = { site_id: site.id, slot: { counter: 'c1', starts_at: tomorrow.slots[0].starts_at }, errand: { item_code: ITEM.code } }
  const booked = await api.post(`${HALL}/appointments`, wish)
  const admin = await visit(t, { as: 'admin' })
  await admin.goto('/admin/sites')
  await settled(admin)
  await shot(admin, 'sites', { fullPage: true })
  await press(admin.getByRole('link', { name: site.document.name }))
  const name = admin.getByLabel(say('site', 'counter_name'))
  await name.waitFor()
  await settled(admin)
  await shot(admin, 'site', { fullPage: true })
  expects(admin, /422 .*preview$/)
  await name.fill('')
  await press(button(admin, say('site', 'save')))
  await admin.getByText('请填写。').first().waitFor()
  await name.fill('演练窗口')
  await admin.getByLabel(say('site', 'places_morning')).fill('0')
  await press(button(admin, say('site', 'save')))
  const dialog = admin.getByRole('dialog')
  await dialog.getByText(new RegExp(spaced(booked.number))).waitFor()
  await press(button(dialog, say('site', 'affected_save')))
  await dialog.getByText(say('site', 'reason_missing')).waitFor()
  await dialog.getByLabel(say('site', 'reason')).fill('上午设备检修，暂停办理。')
  await shot(admin, 'site affected')
  await press(button(dialog, say('site', 'affected_save')))
  await dialog.waitFor({ state: 'hidden' })
  const citizen = await visit(t, { as: 'citizen1' })
  await citizen.goto('/appointments')
  await citizen.getByText('说明：上午设备检修，暂停办理。').first().waitFor()
  await settled(citizen)
  await shot(citizen, 'appointment declined', { fullPage: true })
})
