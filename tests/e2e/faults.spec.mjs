/** What goes wrong in real life: each time the page says so in plain words and nothing is lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, person, press, settled, signIn, until, visit } from './city.mjs'
import * as registration from './registration.mjs'
import { drafted, filled, handle, ITEM, PROOF, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const { button, heading } = registration
const CITIZEN = 'citizen1'
const PROGRAM = Buffer.from(`MZ${'\0'.repeat(58)}\x80\0\0\0This program cannot be run in DOS mode.`, 'latin1')

const form = (draft, section = 'person') => `/applications/${draft.id}/fill?step=form&section=${section}`
const address = (page) => page.getByLabel('详细地址')
const saved = (page) => page.getByRole('status').filter({ hasText: /已自动保存 \d\d:\d\d/ }).waitFor()
const stored = async (draft) => (await person(CITIZEN)).get(`/api/v1/intake/applications/${draft.id}`)

/** Enters an address and waits until the server has it. */
async function enter(page, words) {
  await address(page).fill(words)
  await page.getByText(say('wizard', 'save.unsaved')).waitFor()
  await saved(page)
}

test('a program renamed to a document is refused beside its material', async (t) => {
  const draft = await drafted(CITIZEN)
  const page = await visit(t, { as: CITIZEN })
  expects(page, /(415|422) .*\/materials$/)
  await page.goto(`/applications/${draft.id}/fill?step=materials`)
  const material = page.getByRole('region', { name: PROOF.name })
  await material.locator('input[type=file]').setInputFiles({ name: '离职证明.pdf', mimeType: 'application/pdf', buffer: PROGRAM })
  const refusal = material.getByRole('alert')
  await refusal.waitFor()
  assert.match(await refusal.innerText(), /\p{Script=Han}{4}/u, 'says why, in Chinese')
  assert.equal((await stored(draft)).materials.find((one) => one.id === PROOF.id).files.length, 0)
})

test('a wrong number is said on top and beside the field, in the same words', async (t) => {
  const draft = await drafted(CITIZEN)
  const page = await visit(t, { as: CITIZEN })
  await page.goto(form(draft))
  await registration.fillPerson(page)
  const field = page.getByLabel('联系电话', { exact: true })
  const right = await field.inputValue()
  await field.fill(right.slice(0, -1))
  await press(button(page, say('form', 'next')))
  const summary = page.getByRole('alert').filter({ hasText: say('ui', 'errors', { n: 1 }) })
  await summary.waitFor()
  assert.ok(await summary.evaluate((box) => box === document.activeElement), 'the summary has focus')
  const link = summary.getByRole('link')
  const words = await link.innerText()
  await page.locator('.error').filter({ hasText: words }).waitFor()
  await press(link)
  assert.ok(await field.evaluate((box) => box === document.activeElement), 'the link leads to the field')
  await field.fill(right)
  await press(button(page, say('form', 'next')))
  await heading(page, '失业情况').waitFor()
})

test('reloading and going back keep what was entered', async (t) => {
  const draft = await drafted(CITIZEN)
  const page = await visit(t, { as: CITIZEN })
  await page.goto(form(draft))
  await enter(page, '八一路 99 号')
  await page.reload()
  await settled(page)
  assert.equal(await address(page).inputValue(), '八一路 99 号')

  await registration.fillPerson(page)
  await address(page).fill('八一路 100 号')
  await press(button(page, say('form', 'next')))
  await heading(page, '失业情况').waitFor()
  await page.goBack()
  await heading(page, '申请人基本情况').waitFor()
  assert.equal(await address(page).inputValue(), '八一路 100 号')
})

test('leaving at once after typing loses nothing', async (t) => {
  const draft = await drafted(CITIZEN)
  const page = await visit(t, { as: CITIZEN })
  await page.goto(form(draft))
  await address(page).fill('未等保存就离开')
  await press(page.getByRole('navigation', { name: say('shell', 'main_nav') }).getByRole('link', { name: say('portal', 'nav.mine') }))
  await page.waitForURL('**/applications')
  assert.equal((await stored(draft)).form.address, '未等保存就离开')
})

test('two windows: the second is told who changed the draft and when, and both changes survive', async (t) => {
  const draft = await drafted(CITIZEN)
  const [first, second] = [await visit(t, { as: CITIZEN }), await visit(t, { as: CITIZEN })]
  expects(second, /409 .*\/form$/)
  await first.goto(form(draft))
  await second.goto(form(draft))
  await settled(second)
  await enter(first, '第一个窗口的地址')
  await second.getByLabel('电子邮箱').fill('second@example.cn')
  await second.getByText(say('wizard', 'conflict.title')).waitFor()
  await second.getByText(/本人于 \d{4}年\d+月\d+日 \d\d:\d\d 修改了这份申请/).waitFor()
  await press(button(second, say('wizard', 'conflict.merge')))
  await saved(second)
  assert.equal(await address(second).inputValue(), '第一个窗口的地址')
  const { address: kept, email } = (await stored(draft)).form
  assert.deepEqual({ kept, email }, { kept: '第一个窗口的地址', email: 'second@example.cn' })
})

test('two clerks: the slower one is told who handled the case and when, and keeps his opinion', async (t) => {
  const scene = await submitted(CITIZEN)
  const page = await visit(t, { as: 'clerk_hr' })
  // Without live news this page does not know what the other one does.
  await page.route('**/live', (route) => route.fulfill({ status: 204 }))
  expects(page, /409 .*\/request-correction$/)
  await page.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await page.getByLabel(say('case', 'decision.title')).fill('我的意见')
  await press(page.getByRole('tab', { name: say('case', 'tab.form') }))
  const pair = page.getByRole('group', { name: say('case', 'mark.legend', { what: '详细地址' }), exact: true })
  await press(pair.getByRole('button', { name: say('case', 'mark.fix'), exact: true }))
  await page.getByLabel(say('case', 'mark.note_for', { what: '详细地址' }), { exact: true }).fill('缺少楼栋和房号')
  await press(page.getByRole('button', { name: /^一次性告知补正/ }))
  await handle(scene, ['accept', {}, 'head_hr'])
  await press(button(page.getByRole('dialog'), say('case', 'action.request_correction')))
  await page.getByText(/本办件刚由 吴.?例 于 \d{4}-\d\d-\d\d \d\d:\d\d 办理/).waitFor()
  assert.equal(await page.getByLabel(say('case', 'decision.title')).inputValue(), '我的意见')
})

test('a double click on submit makes one case', async (t) => {
  const draft = await filled(CITIZEN)
  const page = await visit(t, { as: CITIZEN })
  const sent = []
  page.on('request', (request) => request.url().endsWith('/submit') && sent.push(request.url()))
  await page.goto(`/applications/${draft.id}/fill?step=check`)
  await page.getByRole('checkbox', { name: say('wizard', 'check.promise') }).check()
  await button(page, say('wizard', 'check.submit')).dblclick()
  await heading(page, say('application', 'receipt.title')).waitFor()
  assert.equal(sent.length, 1)
  const clerk = await person('clerk_hr')
  const number = (await stored(draft)).case_number
  const cases = await until('the case', async () => {
    const { items } = await clerk.get(`/api/v1/approval/cases?q=${number}`)
    return items.length > 0 && items
  })
  assert.equal(cases.length, 1)
})

test('offline while saving: the page says so, keeps the input and sends it later', async (t) => {
  const draft = await drafted(CITIZEN)
  const page = await visit(t, { as: CITIZEN })
  expects(page, /ERR_INTERNET_DISCONNECTED/)
  await page.goto(form(draft))
  await settled(page)
  await page.context().setOffline(true)
  await page.getByText(say('core', 'offline')).waitFor()
  await address(page).fill('断网时填写的地址')
  await page.getByText(say('wizard', 'save.failed')).waitFor()
  assert.equal(await address(page).inputValue(), '断网时填写的地址')
  await page.context().setOffline(false)
  await saved(page)
  assert.equal((await stored(draft)).form.address, '断网时填写的地址')
})

test('a session that ends while filling in asks to sign in on the spot and loses nothing', async (t) => {
  const draft = await drafted('citizen2')
  const page = await visit(t)
  expects(page, /401 .*\/form$/)
  await page.goto(form(draft))
  await signIn(page, 'citizen2')
  await address(page).waitFor()
  await page.context().clearCookies()
  await address(page).fill('登录失效时填写')
  const dialog = page.getByRole('dialog', { name: say('identity', 'expiry.expired_title') })
  await dialog.waitFor()
  await dialog.getByLabel(say('identity', 'login.account')).fill('citizen2')
  await dialog.getByLabel(say('identity', 'login.password'), { exact: true }).fill('tongban-demo-2026')
  await press(dialog.getByRole('button', { name: say('identity', 'login.submit') }))
  await dialog.waitFor({ state: 'hidden' })
  await saved(page)
  assert.equal(await address(page).inputValue(), '登录失效时填写')
})

test('from the guide a stranger signs in, after one wrong password, and is back at the application', async (t) => {
  await registration.clearDrafts(CITIZEN)
  const page = await visit(t)
  expects(page, /401 .*\/session$/)
  await page.goto(`/items/${ITEM.code}`)
  await registration.answerSituation(page)
  await press(button(page, say('guide', 'apply')).locator('visible=true').first())
  await page.getByLabel(say('identity', 'login.account')).fill(CITIZEN)
  await page.getByLabel(say('identity', 'login.password'), { exact: true }).fill('wrong-password')
  await press(button(page.getByRole('main'), say('identity', 'login.submit')))
  await page.getByText(say('identity', 'login.failed')).waitFor()
  await signIn(page, CITIZEN)
  await page.waitForURL(`**/items/${ITEM.code}/apply`)
  await heading(page, say('wizard', 'apply.title', { item: ITEM.name })).waitFor()
  assert.ok(await page.getByRole('radio', { name: '没有工作，想找工作' }).isChecked(), 'answers kept')
})

test('a part of the app that does not come: the page says so, and opens it at the second try', async (t) => {
  const page = await visit(t)
  expects(page, /ERR_FAILED/)
  await page.goto('/')
  await settled(page)
  const part = /\/assets\/Progress-[^/]*\.js$/
  await page.context().route(part, (route) => route.abort())
  await page.goto('/progress')
  await heading(page, say('shell', 'unreachable.title')).waitFor()
  await page.context().unroute(part)
  await press(button(page, say('ui', 'retry')))
  await page.waitForURL(/\/progress$/)
  await settled(page)
  assert.notEqual(await page.locator('h1').innerText(), say('shell', 'unreachable.title'))
})
