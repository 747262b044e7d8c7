/** 窗口收件: a clerk of the comprehensive counter takes an application in for whoever stands there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, visit } from './city.mjs'
import * as registration from './registration.mjs'
import { begun, ITEM, NURSE, OFFICE, onDesk, PROOF, proof } from './scenes.mjs'
import { say } from './texts.mjs'

const { button, heading } = registration
const COUNTER = '芙蓉区行政审批服务局'
const STANDING_THERE = { name: '张示例', id_number: '430102199307169986', phone: '19900000001' }

test('a clerk takes an application in, and it is the citizen\'s', async (t) => {
  const clerk = await visit(t, { as: 'counter_district' })
  await clerk.goto('/desk/')
  await heading(clerk, say('counter', 'title')).waitFor()
  await shot(clerk, 'counter list')
  await begin(clerk)
  const draft = new URL(clerk.url()).pathname.split('/').at(-1)
  await fill(clerk)
  const number = await handIn(clerk)
  await receipt(clerk)

  // It is among his own, as entered by a clerk, and he goes on with it.
  const citizen = await visit(t, { as: 'citizen1' })
  await citizen.goto(`/applications/${draft}`)
  await citizen.getByText(`由${COUNTER}窗口工作人员代为录入`).first().waitFor()
  await citizen.locator('.standing .badge').getByText(say('application', 'state.received'), { exact: true }).waitFor()
  await shot(citizen, 'counter citizen', { fullPage: true })

  // The office sees who took it in.
  const office = await visit(t, { as: 'clerk_hr' })
  await office.goto(`/desk/cases/${await onDesk('clerk_hr', number)}`)
  await office.getByText(say('case', 'head.at_counter', { office: COUNTER, clerk: '杨示例' })).first().waitFor()
  await settled(office)
  await shot(office, 'counter case')
})

async function begin(clerk) {
  await press(clerk.getByRole('link', { name: say('counter', 'begin') }))
  await clerk.getByRole('searchbox', { name: say('counter', 'first.find') }).fill(ITEM.name)
  await press(button(clerk, say('counter', 'first.search')))
  await shot(clerk, 'counter items')
  await press(clerk.getByRole('button', { name: say('counter', 'first.choose_one', { item: ITEM.name }), exact: true }))
  await press(button(clerk, say('counter', 'first.start')))
  await clerk.getByText(say('counter', 'person.checked_missing')).first().waitFor()
  expects(clerk, /422 .*\/counter\/applications/)
  await clerk.getByLabel(say('counter', 'person.name'), { exact: true }).fill(STANDING_THERE.name)
  await clerk.getByLabel(say('counter', 'person.id_number'), { exact: true }).fill('430102199307169987')
  await clerk.getByLabel(say('counter', 'person.phone'), { exact: true }).fill(STANDING_THERE.phone)
  await clerk.getByRole('checkbox', { name: say('counter', 'person.checked') }).check()
  await registration.answerSituation(clerk)
  await press(button(clerk, say('counter', 'first.start')))
  // A digit mistyped is found by its check character, and nothing is lost.
  await clerk.getByText('公民身份号码校验不通过').first().waitFor()
  await shot(clerk, 'counter person', { fullPage: true })
  await clerk.getByLabel(say('counter', 'person.id_number'), { exact: true }).fill(STANDING_THERE.id_number)
  await press(button(clerk, say('counter', 'first.start')))
  await heading(clerk, say('wizard', 'list.title')).waitFor()
  await shot(clerk, 'counter tasks', { fullPage: true })
}

/** The parts as an applicant fills them in himself; two pages off the scanner for one material. */
async function fill(clerk) {
  await press(button(clerk, say('wizard', 'list.go_on')))
  await registration.fillForm(clerk)
  const region = clerk.getByRole('region', { name: PROOF.name })
  await region.locator('input[type=file]').setInputFiles([await proof('第1页.jpg'), await proof('第2页.jpg')])
  for (const name of ['第1页.jpg', '第2页.jpg']) await button(clerk, say('ui', 'upload.remove', { name })).waitFor()
  await shot(clerk, 'counter materials', { fullPage: true })
}

async function handIn(clerk) {
  await press(button(clerk, say('wizard', 'next')))
  await press(button(clerk, say('wizard', 'check.submit')))
  await clerk.getByText(say('wizard', 'check.consent_missing')).first().waitFor()
  await clerk.getByRole('checkbox', { name: /已向申请人宣读/ }).check()
  await shot(clerk, 'counter check', { fullPage: true })
  await press(button(clerk, say('wizard', 'check.submit')))
  await heading(clerk, say('counter', 'done.title')).waitFor()
  const number = (await clerk.locator('.number').first().innerText()).replaceAll(' ', '')
  assert.match(number, /^\d{21}$/)
  assert.match(await clerk.locator('.number').nth(1).innerText(), /^\d{6}$/, 'the password is handed over')
  return number
}

async function receipt(clerk) {
  await button(clerk, say('counter', 'done.open')).waitFor()
  await shot(clerk, 'counter handed', { fullPage: true })
  const id = new URL(clerk.url()).pathname.split('/').at(-2)
  const answer = await clerk.request.get(`/api/v1/intake/counter/applications/${id}/receipt`)
  assert.equal(answer.headers()['content-type'], 'application/pdf')
}

test('papers are marked at the counter, and what is missing is said', async (t) => {
  // An office's own counter; the diploma is shown there.
  const draft = await begun('clerk_city_health', NURSE.code, { exam: 'within', hospital: 'city', degree: 'domestic' })
  const clerk = await visit(t, { as: 'clerk_city_health' })
  await clerk.goto(`/desk/counter/${draft.id}?step=materials`)
  await settled(clerk)
  const boxes = clerk.getByRole('checkbox', { name: new RegExp(`${say('wizard', 'paper.compared')}|${say('wizard', 'paper.taken')}`) })
  await boxes.first().check()
  await shot(clerk, 'counter papers', { fullPage: true })
  await clerk.reload()
  await settled(clerk)
  assert.ok(await boxes.first().isChecked(), 'kept with the draft')
  const staff = await person('clerk_city_health')
  await staff.delete(`/api/v1/intake/counter/applications/${draft.id}`)
})

test('a colleague goes on with a draft, another office does not see it; on a phone', async (t) => {
  const draft = await begun('counter_district')
  const other = await person('clerk_market')
  const theirs = await other.get('/api/v1/intake/counter/applications')
  assert.ok(theirs.items.every((one) => one.id !== draft.id))
  const phone = await visit(t, { as: 'counter_district', phone: true })
  await phone.goto('/desk/counter')
  await phone.getByText('张*例').first().waitFor()
  await shot(phone, 'counter list phone', { fullPage: true })
  await phone.goto(`/desk/counter/${draft.id}`)
  await heading(phone, say('wizard', 'list.title')).waitFor()
  await shot(phone, 'counter tasks phone', { fullPage: true })
  await press(button(phone, say('counter', 'person.change')))
  await phone.getByLabel(say('counter', 'person.name'), { exact: true }).fill('张示范')
  await phone.getByRole('checkbox', { name: say('counter', 'person.checked') }).check()
  await press(button(phone, say('counter', 'person.save')))
  await phone.getByText('张示范').first().waitFor()
  await phone.goto('/desk/counter/new')
  await phone.getByText(OFFICE).first().waitFor()
  await shot(phone, 'counter items phone', { fullPage: true })
  await phone.goto('/desk/counter')
  await press(phone.getByRole('button', { name: say('counter', 'remove_one', { item: ITEM.name, applicant: '张*范' }) }))
  await press(phone.getByRole('dialog').getByRole('button', { name: say('counter', 'remove') }))
  await phone.getByText(say('counter', 'removed')).waitFor()
})
