/** 异地代收代办: a counter of another division takes in, the papers go by courier, both sides follow, the result comes back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, shot, visit } from './city.mjs'
import { button, heading } from './registration.mjs'
import { begun, handle, ITEM, NURSE, OFFICE, onDesk, PROOF, takenIn } from './scenes.mjs'
import { say } from './texts.mjs'

const COUNTER = '天心区行政审批服务局'
const GRANT = [['accept', {}], ['step', { outcome: 'pass', opinion: '材料齐全。' }], ['step', { outcome: 'pass', opinion: '同意。' }, 'head_hr'], ['decide', { result: 'granted', reason: '符合条件。' }, 'head_hr'], ['close', {}]]

test('a counter elsewhere takes in, papers and result travel, everybody sees where they are', async (t) => {
  const counter = await visit(t, { as: 'counter_tianxin' })
  await chooses(counter)
  const taken = await takenIn('counter_tianxin', [PROOF.id])
  const caseId = await onDesk('clerk_hr', taken.case_number)

  const office = await visit(t, { as: 'clerk_hr' })
  await office.goto(`/desk/cases/${caseId}?scope=all`)
  await office.getByText(say('case', 'head.elsewhere', { place: '天心区', office: COUNTER, clerk: '邱示例' })).first().waitFor()
  await settled(office)
  await shot(office, 'cross region case')

  const list = await sends(counter, taken.case_number)
  await office.goto('/desk/relay?show=incoming')
  await office.getByRole('link', { name: list }).click()
  await office.getByText('邮政速递 EM43010301').waitFor()
  await button(office, say('relay', 'receive')).click()
  await office.getByText(say('relay', 'received_papers')).waitFor()
  await shot(office, 'cross region papers come', { fullPage: true })

  await handle({ caseId }, ...GRANT)
  await office.goto('/desk/relay?show=results')
  await office.getByText(taken.case_number).first().waitFor()
  await counter.goto('/desk/counter?show=handed')
  await counter.getByText(say('case', 'state.closed'), { exact: true }).first().waitFor()
  await shot(counter, 'cross region counter follows')

  const citizen = await visit(t, { as: 'citizen1', phone: true })
  await citizen.goto(`/applications/${taken.id}`)
  await citizen.getByText(`由天心区的${COUNTER}异地代收`).first().waitFor()
  await shot(citizen, 'cross region citizen phone', { fullPage: true })
})

/** What other divisions let it take in stands apart from its own. */
async function chooses(counter) {
  await counter.goto('/desk/counter/new')
  await press(counter.getByRole('link', { name: say('counter', 'first.show.elsewhere') }))
  await counter.getByText(ITEM.name, { exact: true }).first().waitFor()
  await counter.getByText(OFFICE).first().waitFor()
  await shot(counter, 'cross region items')
  await press(counter.getByRole('button', { name: say('counter', 'first.choose_one', { item: ITEM.name }), exact: true }))
  await button(counter, say('counter', 'first.start')).waitFor()
}

/** Number of the list that goes by courier. */
async function sends(counter, number) {
  await counter.goto('/desk/relay')
  await counter.getByRole('row', { name: new RegExp(number) }).getByRole('checkbox').check()
  await press(button(counter, say('relay', 'by_courier')))
  await counter.getByLabel(say('relay', 'company')).fill('邮政速递')
  expects(counter, /422 .*relay\/lists/)
  await press(button(counter, say('relay', 'make', { n: '1' })))
  await counter.getByText(/请填写快递公司/).waitFor()
  await counter.getByLabel(say('relay', 'tracking_number')).fill('EM43010301')
  await press(button(counter, say('relay', 'make', { n: '1' })))
  await counter.getByText(say('relay', 'state.under_way'), { exact: true }).first().waitFor()
  await counter.getByText('邮政速递 EM43010301').waitFor()
  await shot(counter, 'cross region list', { fullPage: true })
  return counter.getByRole('heading', { level: 1 }).innerText()
}

test('an item that is not let out of its division is refused with the reason', async () => {
  await assert.rejects(begun('counter_tianxin', NURSE.code, { exam: 'within', hospital: 'city', degree: 'domestic' }), /cross_region_item|422/)
  const counter = await person('counter_tianxin')
  const own = await counter.get('/api/v1/intake/counter/items')
  assert.deepEqual(own.items, [], 'nothing of its own division yet')
})

test('the guide says where somebody who is elsewhere can apply', async (t) => {
  const page = await visit(t)
  await page.goto(`/items/${ITEM.code}#elsewhere`)
  await heading(page, say('guide', 'part.elsewhere')).waitFor()
  await page.getByText('天心区政务服务大厅综合窗口').waitFor()
  await shot(page, 'cross region guide', { fullPage: true })
  const phone = await visit(t, { phone: true })
  await phone.goto(`/items/${ITEM.code}#elsewhere`)
  await heading(phone, say('guide', 'part.elsewhere')).waitFor()
  await shot(phone, 'cross region guide phone', { fullPage: true })
})
