/** 自助终端: registered, paired, touched without a keyboard; an application from search to slip; nobody there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expects, press, settled, shot, URL_OF_CITY, visit } from './city.mjs'
import { CENTRE, cookiesAtKiosk } from './kiosk.mjs'
import * as registration from './registration.mjs'
import { ITEM, OFFICE, PICTURE, PROOF } from './scenes.mjs'
import { say } from './texts.mjs'

const PORTRAIT = { width: 1080, height: 1920 }
const LANDSCAPE = { width: 1280, height: 1024 }
const { button, heading } = registration
const t = (key, args) => say('kiosk', key, args)
const INTAKE = '/api/v1/intake/applications'
const HOLDER = { name: '张示例', number: '430102199307169986' }

/**
 * A kiosk's browser; `account` has signed in there. Somebody stands there all the time, unless the
 * test is about his walking away: what a busy machine takes its time for is no idleness.
 */
async function atKiosk(context, { account, size = PORTRAIT, left = false } = {}) {
  const page = await visit(context, { size })
  await page.context().addCookies(await cookiesAtKiosk(account))
  if (!left) await page.context().addInitScript(() => setInterval(() => window.dispatchEvent(new Event('scroll')), 1000))
  return page
}

/** Touches the keys on the screen, one after the other. */
async function typed(page, field, words) {
  await press(field)
  const keys = page.locator('[data-keyboard]')
  await keys.waitFor()
  for (const letter of words) await press(keys.getByRole('button', { name: letter, exact: true }))
}

const tile = (page, key) => page.getByRole('main').getByRole('link', { name: t(`tile.${key}`) })

test('an administrator registers a kiosk, and its browser is paired on the screen', async (context) => {
  const admin = await visit(context, { as: 'admin' })
  await admin.goto('/admin/kiosks')
  await press(button(admin, say('kiosk-manage', 'new')).first())
  const dialog = admin.getByRole('dialog')
  expects(admin, /422 .*\/identity\/kiosks/)
  await press(button(dialog, say('kiosk-manage', 'save')))
  await dialog.getByText('请填写正确的行政区划代码。').waitFor()
  await dialog.getByLabel(say('kiosk-manage', 'name'), { exact: true }).fill('二楼自助终端')
  await dialog.getByLabel(say('kiosk-manage', 'place'), { exact: true }).fill('二楼电梯口')
  await dialog.getByLabel(say('kiosk-manage', 'region'), { exact: true }).fill('430102')
  await dialog.getByLabel(say('kiosk-manage', 'department'), { exact: true }).selectOption(CENTRE)
  await press(button(dialog, say('kiosk-manage', 'save')))
  const secret = (await admin.locator('[data-secret]').textContent()).trim()
  await shot(admin, 'kiosk secret')
  await press(button(admin, say('kiosk-manage', 'secret_close')))
  await admin.getByRole('cell', { name: '二楼电梯口' }).waitFor()

  const kiosk = await visit(context, { size: PORTRAIT })
  await kiosk.goto('/kiosk/')
  await heading(kiosk, t('pair.title')).waitFor()
  const field = kiosk.getByLabel(t('pair.secret'))
  await typed(kiosk, field, secret.replaceAll('-', '').toLowerCase())
  await shot(kiosk, 'kiosk pairing')
  await press(kiosk.locator('[data-keyboard]').getByRole('button', { name: t('keyboard.enter') }))
  await heading(kiosk, t('start')).waitFor()
  await kiosk.getByText('二楼自助终端 · 二楼电梯口').waitFor()
  await shot(kiosk, 'kiosk start')

  // The same secret pairs no second browser, and a kiosk that is shut off is none any more.
  const second = await visit(context, { size: PORTRAIT })
  await second.goto('/kiosk/')
  expects(second, /422 .*\/kiosk\/pair/)
  await second.getByLabel(t('pair.secret')).fill(secret)
  await press(button(second, t('pair.action')))
  await second.getByText('该配对码已经使用过').waitFor()
  // Its pairing has changed it since.
  await admin.reload()
  await settled(admin)
  await press(button(admin, say('kiosk-manage', 'shut_which', { name: '二楼自助终端' })))
  await press(button(admin.getByRole('dialog'), say('kiosk-manage', 'shut')))
  await admin.getByRole('cell', { name: say('kiosk-manage', 'state_shut') }).first().waitFor()
  await kiosk.reload()
  await heading(kiosk, t('pair.title')).waitFor()
})

test('a citizen applies by touching alone, prints the slip, and leaves nothing behind', async (context) => {
  const page = await atKiosk(context)
  await page.goto('/kiosk/')
  await press(tile(page, 'apply'))
  await settled(page)
  await shot(page, 'kiosk departments')
  await typed(page, page.getByRole('searchbox'), 'rlzy')
  const office = page.getByRole('link', { name: OFFICE }).first()
  await office.waitFor()
  await shot(page, 'kiosk keyboard')
  await press(page.locator('[data-keyboard]').getByRole('button', { name: t('keyboard.hide') }))
  await press(office)
  await press(page.locator(`a[href$="/items/${ITEM.code}"]`))
  await button(page, t('guide.apply')).waitFor()
  await settled(page)
  await shot(page, 'kiosk guide')
  await press(button(page, t('guide.apply')))

  // By the pretended reader: the name from a keyboard, the number from the screen.
  await page.getByText(t('card.simulated')).waitFor()
  await shot(page, 'kiosk sign in')
  await page.getByLabel(t('card.name'), { exact: true }).fill(HOLDER.name)
  await typed(page, page.getByLabel(t('card.number'), { exact: true }), HOLDER.number)
  await press(page.locator('[data-keyboard]').getByRole('button', { name: t('keyboard.enter') }))
  // What somebody else's test has left lying is not gone on with.
  const start = button(page, say('wizard', 'apply.start'))
  const anew = button(page, say('wizard', 'apply.draft_new'))
  await start.or(anew).waitFor()
  if (await anew.isVisible()) await press(anew)
  await registration.answerSituation(page)
  await press(start)
  await heading(page, say('wizard', 'list.title')).waitFor()
  await shot(page, 'kiosk tasks')
  const id = new URL(page.url()).pathname.split('/').at(-2)

  await complete(page, id)
  await page.goto(`/kiosk/applications/${id}/fill?step=materials`)
  await settled(page)
  await page.getByText(t('scan.lead_nowhere')).waitFor()
  assert.equal(await page.locator('input[type=file]').count(), 0, 'the file dialog of the system stays shut')
  await shot(page, 'kiosk materials', { fullPage: true })
  await page.goto(`/kiosk/applications/${id}/fill?step=check`)
  await settled(page)
  await page.getByRole('checkbox', { name: say('wizard', 'check.promise') }).check()
  await shot(page, 'kiosk check', { fullPage: true })
  await press(button(page, say('wizard', 'check.submit')))
  await heading(page, t('slip.title')).waitFor()
  await page.getByText(t('slip.once')).waitFor()
  await shot(page, 'kiosk slip')
  await page.emulateMedia({ media: 'print' })
  await shot(page, 'kiosk slip printed')
  await page.emulateMedia({ media: 'screen' })
  const { case_number: number, channel } = await (await page.request.get(`${INTAKE}/${id}`)).json()
  assert.equal(channel, 'kiosk')
  await press(page.getByRole('link', { name: t('slip.case') }))
  await page.getByText(say('application', 'case.timeline')).waitFor()
  await settled(page)
  await shot(page, 'kiosk case')

  // Gone: the way back shows the sign-in page, the server knows no session, the browser keeps nothing.
  const left = await page.context().cookies()
  await press(button(page, t('leave')))
  await heading(page, t('start')).waitFor()
  await page.goBack()
  await heading(page, t('login.title')).waitFor()
  assert.ok(!(await page.content()).includes(number))
  const kept = await page.evaluate(() => ({ ...sessionStorage }))
  assert.deepEqual(Object.keys(kept).filter((key) => key !== 'vue-router:scroll'), [])
  assert.ok(!JSON.stringify(kept).includes(id), 'nor where he was')
  const again = await fetch(`${URL_OF_CITY}${INTAKE}`, { headers: { cookie: left.map(({ name, value }) => `${name}=${value}`).join('; ') } })
  assert.equal(again.status, 401)
})

/** Form and material of an application that was begun at the kiosk, through its own session. */
async function complete(page, id) {
  const ask = async (method, where, options) => {
    const answer = await page.request.fetch(where, { method, headers: { origin: URL_OF_CITY }, ...options })
    assert.ok(answer.ok(), `${method} ${where}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }
  const draft = await ask('GET', `${INTAKE}/${id}`)
  const towns = await ask('GET', '/api/v1/catalogue/divisions?parent=430102001')
  const residence = { code: towns.items[0].code, names: ['湖南省', '长沙市', '芙蓉区', '文艺路街道', towns.items[0].name] }
  const form = { ...draft.form, household: 'local', residence, address: '八一路 1 号', education: 'college', worked_before: 'yes', employer: '长沙市示例机械制造有限公司', lost_on: '2026-10-31', reason: 'contract_ended' }
  await ask('PUT', `${INTAKE}/${id}/form`, { data: { version: draft.version, form } })
  const file = { name: '离职证明.png', mimeType: 'image/png', buffer: PICTURE }
  await ask('POST', `${INTAKE}/${id}/materials`, { multipart: { requirement_id: PROOF.id, file } })
}

test('whoever walks away is counted out, and his kiosk begins anew', async (context) => {
  const page = await atKiosk(context, { account: 'citizen1', left: true })
  await page.clock.install()
  await page.goto('/kiosk/applications')
  await settled(page)
  await shot(page, 'kiosk own cases')
  await page.clock.runFor(62_000)
  const warning = page.locator('[data-idle]')
  await warning.getByText(t('idle.title')).waitFor()
  await shot(page, 'kiosk idle')
  await press(button(warning, t('idle.stay')))
  await warning.getByText(t('idle.title')).waitFor({ state: 'hidden' })
  await page.clock.runFor(62_000)
  await warning.getByText(t('idle.title')).waitFor()
  await page.clock.runFor(21_000)
  await heading(page, t('start')).waitFor()
  const session = await page.request.get('/api/v1/identity/session')
  assert.equal(session.status(), 204, 'the server has ended it')
})

test('a page that nobody reads goes back to the start, and so does how it looked', async (context) => {
  const page = await atKiosk(context, { left: true })
  await page.goto('/kiosk/departments')
  await press(button(page, t('bar.contrast')))
  await press(button(page, t('bar.large')))
  await settled(page)
  await shot(page, 'kiosk contrast and large')
  await page.getByText('秒后返回首页').waitFor()
  await heading(page, t('start')).waitFor()
  const left = await page.locator('html').evaluate(({ dataset }) => ({ ...dataset }))
  assert.deepEqual(left, { end: 'kiosk' })
})

test('staff of the hall hear the call of a kiosk and go', async (context) => {
  const page = await atKiosk(context)
  await page.goto('/kiosk/')
  await press(button(page, t('bar.call')))
  await page.getByRole('dialog').getByText(say('call', 'told.waiting')).waitFor()
  await shot(page, 'kiosk calling')
  const clerk = await visit(context, { as: 'counter_district' })
  await clerk.goto('/desk/counter')
  const go = clerk.getByRole('button', { name: new RegExp(`^${say('call', 'go_which', { kiosk: '测试终端' })}`) }).first()
  await go.waitFor()
  await shot(clerk, 'kiosk call at the desk')
  await press(go)
  await clerk.getByText('已登记由您前往').waitFor()
  await page.getByRole('dialog').getByText(say('call', 'told.coming')).waitFor()
})

test('both sizes of screen: nothing to touch is smaller than 72 px, in every mode', async (context) => {
  for (const size of [PORTRAIT, LANDSCAPE]) {
    const page = await atKiosk(context, { account: 'citizen1', size })
    for (const where of ['/kiosk/', '/kiosk/departments', '/kiosk/progress', '/kiosk/applications', `/kiosk/items/${ITEM.code}`]) {
      await page.goto(where)
      await settled(page)
      if (size === LANDSCAPE) await shot(page, `kiosk landscape ${where}`)
      assert.deepEqual(await small(page), [], `${where} at ${size.width} px`)
    }
    await page.goto('/kiosk/')
    await press(button(page, say('shell', 'other_language')))
    await page.getByRole('heading', { name: 'What would you like to do?' }).waitFor()
    await shot(page, `kiosk english ${size.width}`)
    await press(button(page, 'Wheelchair'))
    const tiles = await page.getByRole('main').locator('.tiles').boundingBox()
    assert.ok(tiles.y + tiles.height / 2 > size.height / 2, 'within reach')
    await shot(page, `kiosk wheelchair ${size.width}`)
  }
})

/** Buttons, fields and tiles in sight that are lower than a finger wants. */
const small = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a.button, a.tile, a.row, input:not([type=radio], [type=checkbox], [type=file]), select')]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 72)
      .map((one) => `${one.outerHTML.slice(0, 120)}: ${one.getBoundingClientRect().height}`),
  )
