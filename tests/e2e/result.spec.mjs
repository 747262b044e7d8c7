/** 办结上传结果: a paper of the office's own is attached before the case is closed, and reaches the applicant and his vault. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, press, settled, shot, until, visit } from './city.mjs'
import { act } from './desk.mjs'
import { button } from './registration.mjs'
import { grantedCareHome, proof } from './scenes.mjs'
import { say } from './texts.mjs'

const RESULT = '设置养老机构备案回执'
const NUMBER = '芙民养备〔2026〕第 12 号'

async function attach(page, { replaces, number, reason }) {
  await press(button(page.getByRole('main'), say('result', replaces ? 'replace' : 'attach')))
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('result', 'number'), { exact: true }).fill(number)
  await dialog.locator('input[type=file]').setInputFiles(await proof('备案回执.jpg'))
  if (reason) await dialog.getByLabel(say('result', 'reason'), { exact: true }).fill(reason)
  await shot(page, `result ${replaces ? 'replaced' : 'attached'} dialog`)
  await press(button(dialog, say('result', 'send')))
  await dialog.waitFor({ state: 'hidden' })
}

test('a result is owed, attached, put right, and downloaded by the applicant', async (t) => {
  const scene = await grantedCareHome()
  const staff = await person('clerk_civil')
  const before = await staff.get(`/api/v1/approval/cases/${scene.caseId}`)
  assert.equal(before.commands.find((one) => one.command === 'close').code, 'approval.result_owed')

  const clerk = await visit(t, { as: 'clerk_civil' })
  await clerk.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(clerk)
  await press(clerk.getByRole('tab', { name: say('case', 'tab.papers') }))
  await clerk.getByText(say('result', 'owed', { names: RESULT }), { exact: true }).waitFor()
  await shot(clerk, 'result owed')
  await attach(clerk, { number: '写错的编号' })
  await clerk.getByText('写错的编号').first().waitFor()
  await attach(clerk, { replaces: true, number: NUMBER, reason: '编号写错了。' })
  await clerk.getByText(say('result', 'why', { reason: '编号写错了。' })).waitFor()
  await shot(clerk, 'result on the desk', { fullPage: true })
  await act(clerk, 'close')

  const agent = await person('agent1')
  const own = `/api/v1/intake/applications/${scene.id}`
  const [told] = await until('the result on the portal', async () => {
    const { results } = await agent.get(own)
    return results.length > 0 ? results : undefined
  })
  assert.equal(told.number, NUMBER, 'the last one counts')
  for (const phone of [false, true]) {
    const page = await visit(t, { as: 'agent1', phone })
    await page.goto(`/applications/${scene.id}`)
    await settled(page)
    await page.getByRole('link', { name: say('result', 'download_of', { name: RESULT }) }).waitFor()
    await page.getByText(NUMBER).first().waitFor()
    await shot(page, `result of mine ${phone ? 'phone' : 'pc'}`, { fullPage: true })
  }
  const file = await agent.file(`${own}/results/${told.file_id}`)
  assert.deepEqual([...file.subarray(0, 2)], [0xff, 0xd8], 'the photograph that the clerk attached')
  const vault = await agent.get('/api/v1/intake/vault/documents?limit=100')
  assert.ok(JSON.stringify(vault).includes(RESULT), 'offered for reuse')
})
