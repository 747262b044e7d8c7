/** Practice: all the checks of an application, and nothing leaves the page. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person, press, settled, shot, visit } from './city.mjs'
import { answerSituation, button, choice, chooseAddress } from './registration.mjs'
import { ITEM, PROOF, proof } from './scenes.mjs'
import { say } from './texts.mjs'

for (const phone of [false, true]) {
  test(`anybody may practise, and nothing is kept or sent: ${phone ? 'phone' : 'PC'}`, async (t) => {
    const page = await visit(t, { phone })
    const sent = []
    page.on('request', (request) => request.method() !== 'GET' && sent.push(`${request.method()} ${request.url()}`))
    await page.goto(`/items/${ITEM.code}`)
    await settled(page)
    await press(page.getByRole('link', { name: say('guide', 'practice') }).first())
    await page.getByText(say('practice', 'banner')).waitFor()
    await settled(page)

    // Everything that is missing is said at once, as in an application.
    await press(button(page, say('practice', 'check')))
    await page.getByText(say('wizard', 'check.upload', { name: PROOF.name })).first().waitFor({ state: 'detached' })
    await page.getByText('请填写姓名').first().waitFor()
    await shot(page, `practice ${phone ? 'phone' : 'PC'} missing`)

    await answerSituation(page)
    await page.getByText(say('wizard', 'check.upload', { name: PROOF.name })).first().waitFor()
    await page.getByLabel('姓名', { exact: true }).fill('张示例')
    await page.getByLabel('公民身份号码').fill('11010519491231002X')
    await page.getByLabel(/手机|联系电话/).first().fill('13800000000')
    await choice(page, '户籍', '芙蓉区户籍').check()
    await chooseAddress(page)
    await page.getByLabel('详细地址').fill('八一路 1 号')
    await page.getByRole('combobox', { name: '学历' }).selectOption({ label: '大学专科' })
    await choice(page, '以前是否就业过', '是').check()
    await page.getByLabel('原工作单位', { exact: true }).fill('长沙市示例机械制造有限公司')
    await page.getByLabel('失业日期').fill('2026-10-31')
    await page.getByRole('combobox', { name: '失业原因' }).selectOption({ label: '劳动合同期满终止' })
    await page.getByRole('region', { name: PROOF.name }).locator('input[type=file]').setInputFiles(await proof())
    await button(page, say('ui', 'upload.remove', { name: '离职证明.jpg' })).waitFor()
    await press(button(page, say('practice', 'check')))
    await page.getByText(say('practice', 'good_lead')).waitFor()
    await shot(page, `practice ${phone ? 'phone' : 'PC'} good`, { fullPage: true })

    await press(button(page, say('practice', 'clear')))
    await page.getByText(say('practice', 'cleared')).first().waitFor()
    assert.equal(await page.getByLabel('姓名', { exact: true }).inputValue(), '')
    assert.deepEqual(sent, [], 'nothing has left the page')
  })
}

test('whoever is signed in has no draft of it either', async (t) => {
  const citizen = await person('citizen2')
  const before = await citizen.get('/api/v1/intake/applications?limit=100')
  const page = await visit(t, { as: 'citizen2' })
  await page.goto(`/items/${ITEM.code}/practice`)
  await settled(page)
  await page.getByLabel('姓名', { exact: true }).fill('李示例')
  await press(button(page, say('practice', 'check')))
  await page.getByText(say('practice', 'banner')).waitFor()
  await page.reload()
  await settled(page)
  assert.equal(await page.getByLabel('姓名', { exact: true }).inputValue(), '')
  const after = await citizen.get('/api/v1/intake/applications?limit=100')
  assert.deepEqual(after.items.map((one) => one.id), before.items.map((one) => one.id))
})
