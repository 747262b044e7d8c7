/** 一件事合并补正: three departments examine, the lead office sends one list, the applicant corrects once, and all is accepted by one notice. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, press, settled, shot, until, visit } from './city.mjs'
import { toDesk } from './desk.mjs'
import { accept, answer, applied, ITEMS, JOINT, sendAll } from './joint.mjs'
import { button, clearDrafts } from './registration.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'
const DESK = '/api/v1/approval/cases'
const whole = () => ({ fullPage: true })

for (const { name, phone } of [{ name: 'PC', phone: false }, { name: 'phone', phone: true }]) {
  test(`one list of three departments is corrected once: ${name}`, async (t) => {
    await clearDrafts('agent1')
    const { id, number, cases } = await applied('agent1')
    const lists = { food: ['/area', '/kitchen_area'], fire: ['/area', '/exits'] }
    for (const [key, fields] of Object.entries(lists)) {
      await answer(key, cases[key].caseId, 'request-correction', { fields, materials: [], reason: '请核对面积后重新填写。' })
    }
    await compile(t, { name, phone, number, cases })

    const owner = await person('agent1')
    const asked = await until('one list', async () => {
      const found = await owner.get(`${INTAKE}/${id}`)
      return found.correction?.open && found.correction.fields.length === 3 ? found : undefined
    })
    assert.deepEqual(asked.correction.fields, ['/area', '/food_kitchen_area', '/fire_exits'], 'what two want stands once')
    const home = await visit(t, { as: 'agent1', phone })
    await correct(home, { id, asked, cases, name })

    for (const key of Object.keys(lists)) {
      const clerk = await person(ITEMS[key].clerk)
      await until(`the correction at ${key}`, async () => (await clerk.get(`${DESK}/${cases[key].caseId}`)).state === 'received' || undefined)
      await accept(key, cases[key].caseId)
    }
    await sendAll(number)
    const notices = await until('the notice of acceptance', async () => {
      const { parts } = await owner.get(`${INTAKE}/${id}`)
      const papers = [parts.find((one) => one.item_name === ITEMS.food.name), parts.find((one) => one.item_name === ITEMS.fire.name)]
        .map((part) => part.papers.find((paper) => paper.kind === 'acceptance_receipt')?.number)
      return papers.every(Boolean) ? papers : undefined
    })
    assert.equal(notices[0], notices[1], 'one number for both')
    await home.goto(`/applications/${id}`)
    await home.getByText(notices[0]).first().waitFor()
    await home.getByText(`【${ITEMS.food.name}】`, { exact: false }).first().waitFor()
    await settled(home)
    await shot(home, `joint correction ${name} accepted`, whole())
  })
}

/** The lead office looks at the parts, sees who is missing, and sends them. */
async function compile(t, { name, phone, number, cases }) {
  const lead = await visit(t, { phone })
  await toDesk(lead, 'clerk_market')
  await lead.goto(`/desk/joint/${number}`)
  await lead.getByRole('heading', { name: JOINT.name, level: 1 }).waitFor()
  await lead.getByText('仍在期限内审查', { exact: false }).waitFor()
  assert.equal(await button(lead, say('joint-lead', 'send')).isDisabled(), true, 'the third department still examines')
  await accept('sign', cases.sign.caseId)
  // The page hears of it by itself.
  await lead.getByText(say('joint-lead', 'ready')).waitFor()
  // A point is left out with a reason only.
  const drop = button(lead, say('joint-lead', 'drop_named', { label: '安全出口数量' }))
  await press(drop)
  await press(button(lead, say('joint-lead', 'send')))
  await lead.getByText(say('joint-lead', 'need.reason')).first().waitFor()
  await press(drop)
  await settled(lead)
  await shot(lead, `joint correction ${name} compile`, whole())
  await press(button(lead, say('joint-lead', 'send')))
  await lead.getByText(say('joint-lead', 'all_sent')).waitFor()
  await settled(lead)
  await shot(lead, `joint correction ${name} sent`, whole())
}

/** The joint form has a page for what all share, and one for each item. */
async function turnTo(home, input) {
  for (let page = 1; page < 4 && !(await input.isVisible()); page++) {
    await press(button(home, say('form', 'next')))
    await settled(home)
  }
}

/** The item's page leads to the whole, where one page takes all. */
async function correct(home, { id, asked, cases, name }) {
  await home.goto(`/applications/${cases.fire.id}/correct`)
  await home.waitForURL(`**/applications/${id}/correct`)
  await home.getByText(say('form', 'corrections')).waitFor()
  const fields = asked.form_document.sections.flatMap((section) => section.fields)
  const label = (path) => fields.find((field) => `/${field.key}` === path).label
  for (const [path, value] of [['/area', '450'], ['/food_kitchen_area', '95'], ['/fire_exits', '4']]) {
    const input = home.getByLabel(label(path)).locator('visible=true').first()
    await turnTo(home, input)
    await input.fill(value)
    await input.blur()
  }
  await settled(home)
  await shot(home, `joint correction ${name} form`, whole())
  const owner = await person('agent1')
  await until('the autosave', async () => {
    const { form } = await owner.get(`${INTAKE}/${id}`)
    return (String(form.fire_exits) === '4' && String(form.area) === '450') || undefined
  })
  await press(button(home, say('wizard', 'correct.submit')))
  await home.waitForURL(`**/applications/${id}`)
}
