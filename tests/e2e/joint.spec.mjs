/** 一件事: 开办餐饮店 from the situation guide to the results of three departments, with one rating. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, press, settled, shot, signIn, until, visit } from './city.mjs'
import { openCase, toDesk } from './desk.mjs'
import { accept, caseOf, fillIn, grant, ITEMS, JOINT, run, sendAll, SITUATION } from './joint.mjs'
import { button, choice, clearDrafts, heading } from './registration.mjs'
import { say } from './texts.mjs'

const INTAKE = '/api/v1/intake/applications'
const whole = () => ({ fullPage: true })

for (const { name, phone } of [{ name: 'PC', phone: false }, { name: 'phone', phone: true }]) {
  test(`one application becomes three cases and one result: ${name}`, async (t) => {
    await clearDrafts('agent1')
    const home = await visit(t, { phone })
    const id = await begin(home, name)
    await fillIn('agent1', id)
    const owner = await person('agent1')
    const parts = await handIn(home, id, name)

    // Each department has its own case, and sees how the others stand.
    const cases = {}
    for (const [key, item] of Object.entries(ITEMS)) {
      const part = parts.find((one) => one.item_name === item.name)
      cases[key] = { ...part, caseId: (await caseOf(key, part.case_number)).id }
    }
    await accept('food', cases.food.caseId)
    await accept('fire', cases.fire.caseId)
    await accept('sign', cases.sign.caseId)
    const { case_number } = await owner.get(`${INTAKE}/${id}`)
    await sendAll(case_number)
    await grant('sign', cases.sign.caseId)
    await until('the desk hears of the granted sign', async () => {
      const clerk = await person('clerk_market')
      const { joint } = await clerk.get(`/api/v1/approval/cases/${cases.food.caseId}`)
      return joint?.cases.find((one) => one.case_number === cases.sign.case_number)?.result === 'granted'
    })
    const clerk = await visit(t)
    await toDesk(clerk, 'clerk_market')
    await openCase(clerk, cases.food.case_number)
    const beside = clerk.getByRole('region', { name: say('case', 'joint.title') })
    await beside.getByText(ITEMS.fire.name).waitFor()
    await beside.getByText(say('case', 'result.granted')).waitFor()
    await shot(clerk, `joint ${name} desk`)

    await home.goto(`/applications/${id}`)
    await home.getByText(/共 3 个事项，1 个已办完，2 个正在办理/).first().waitFor()
    await settled(home)
    await shot(home, `joint ${name} progress`, whole())

    // One is asked for more: the whole says so, and leads there.
    await run('fire', cases.fire.caseId, ['step', { outcome: 'pass', opinion: '材料齐全。' }])
    await grant('food', cases.food.caseId)
    await run('fire', cases.fire.caseId, ['step', { outcome: 'pass', opinion: '现场合格。' }], ['step', { outcome: 'pass', opinion: '同意。' }, 'head'])
    await run('fire', cases.fire.caseId, ['decide', { result: 'granted', reason: '检查合格。' }, 'head'], ['close', {}], ['deliver', { way: 'online' }])
    await home.getByText('3 个事项全部办好。').first().waitFor()
    const { papers } = await results(owner, id)
    await home.goto('/licences')
    await home.getByText('户外招牌设施设置意见书').first().waitFor()
    await settled(home)
    await shot(home, `joint ${name} licences`, whole())
    await home.goto(`/applications/${id}`)
    await home.getByText('3 个事项全部办好。').first().waitFor()
    assert.ok(papers.every((titles) => titles.some((title) => title.includes('决定'))), `a decision each: ${JSON.stringify(papers)}`)
    await rate(home)
    await settled(home)
    await shot(home, `joint ${name} results`, whole())
  })
}

async function begin(page, name) {
  await page.goto('/joint')
  await press(page.getByRole('link', { name: JOINT.name, exact: true }))
  await page.getByRole('heading', { name: JOINT.name, level: 1 }).waitFor()
  // Without a licence the way is barred, with the reason.
  await choice(page, SITUATION[0][0], '还没有办').check()
  await page.getByText('请先办理“企业设立登记”', { exact: false }).first().waitFor()
  for (const [question, answer] of SITUATION) await choice(page, question, answer).check()
  await page.getByText('3 个事项，3 个部门同时办').waitFor()
  await settled(page)
  await shot(page, `joint ${name} guide`, whole())
  await press(button(page, say('joint', 'apply')).locator('visible=true').first())
  await signIn(page, 'agent1')
  await press(button(page, say('wizard', 'apply.start')))
  await heading(page, say('wizard', 'list.title')).waitFor()
  await page.getByText('共同信息').first().waitFor()
  return new URL(page.url()).pathname.split('/')[2]
}

async function handIn(page, id, name) {
  await page.reload()
  await heading(page, say('wizard', 'list.title')).waitFor()
  await settled(page)
  await shot(page, `joint ${name} tasks`, whole())
  await press(page.getByRole('button', { name: say('wizard', 'list.go_on') }))
  await heading(page, say('wizard', 'step.check')).waitFor()
  await settled(page)
  await shot(page, `joint ${name} check`, whole())
  await page.locator('#promise').check()
  await press(button(page, say('wizard', 'check.submit')))
  await heading(page, say('application', 'receipt.title')).waitFor()
  await settled(page)
  await shot(page, `joint ${name} receipt`, whole())
  const owner = await person('agent1')
  const { parts } = await owner.get(`${INTAKE}/${id}`)
  assert.equal(parts.length, 3)
  assert.equal(new Set(parts.map((one) => one.department_name)).size, 3)
  return parts
}

async function results(owner, id) {
  const { parts } = await owner.get(`${INTAKE}/${id}`)
  assert.deepEqual(parts.map((one) => one.result), ['granted', 'granted', 'granted'])
  // Each department issues its licence when its case is closed.
  const licences = await Promise.all(parts.map((one) => until(`the licence of ${one.item_name}`, async () => (await owner.get(`/api/v1/licence/mine?case_number=${one.case_number}`)).items[0])))
  assert.equal(new Set(licences.map((one) => one.number)).size, 3)
  return { papers: parts.map((one) => one.papers.map((paper) => paper.title)) }
}

async function rate(page) {
  await choice(page, say('application', 'rating.level'), '非常满意').check()
  await press(button(page, say('application', 'rating.submit')))
  await page.getByText(/您已于 .+ 评价：非常满意/).waitFor()
}
