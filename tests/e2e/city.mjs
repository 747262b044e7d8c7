/** The demo city under test: its people, their browsers, and what went wrong on their pages. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { after } from 'node:test'
import { chromium } from 'playwright-core'
import { say } from './texts.mjs'

export const URL_OF_CITY = wanted('TONGBAN_URL')
export const PASSWORD = 'tongban-demo-2026'
export const PC = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]
/** Two busy cores: a page may take its time, a test may not guess how long. */
const PATIENCE_MS = 20_000

function wanted(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run scripts/test-browser`)
  return value
}

let started
const browser = () => (started ??= chromium.launch({ executablePath: wanted('CHROMIUM'), headless: true, args: FLAGS }))
after(async () => (await started)?.close())

const errors = new WeakMap()
const expected = new WeakMap()
const touch = new WeakSet()

/**
 * A new visitor with a profile of his own: `as` signs in beforehand, `phone` is one with touch.
 * When the test ends, his pages must have logged no error but those that `expects` named.
 */
export async function visit(t, { as, phone = false, size = phone ? PHONE : PC, mode = {} } = {}) {
  const context = await (await browser()).newContext({
    baseURL: URL_OF_CITY, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: size, acceptDownloads: true,
    storageState: {
      cookies: as ? (await person(as)).cookies : [],
      origins: [{ origin: URL_OF_CITY, localStorage: [{ name: 'tongban.preferences', value: JSON.stringify(mode) }] }],
    },
    ...(phone ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
  })
  context.setDefaultTimeout(PATIENCE_MS)
  errors.set(context, [])
  expected.set(context, [])
  context.on('weberror', (found) => errors.get(context).push(`uncaught: ${found.error().stack}`))
  context.on('console', (message) => {
    if (message.type() === 'error') errors.get(context).push(`${message.text()} ${message.location().url}`)
  })
  const page = await context.newPage()
  if (phone) touch.add(context)
  t.after(async () => {
    if (t.error) await shot(page, `failed ${t.name}`).catch(() => undefined)
    await context.close()
    assert.deepEqual(unexpected(context), [], 'errors on the pages')
  })
  return page
}

function unexpected(context) {
  return errors.get(context).filter((text) => !expected.get(context).some((pattern) => pattern.test(text)))
}

/** An error that belongs to the test; `after` it has come, the test may want to know. */
export function expects(page, pattern) {
  expected.get(page.context()).push(pattern)
}

/** A finger on the phone, the mouse elsewhere. */
export function press(locator) {
  return touch.has(locator.page().context()) ? locator.tap() : locator.click()
}

/** Signs in on the page that asks for it. */
export async function signIn(page, account) {
  await page.getByLabel(say('identity', 'login.account')).fill(account)
  await page.getByLabel(say('identity', 'login.password'), { exact: true }).fill(PASSWORD)
  await press(page.getByRole('main').getByRole('button', { name: say('identity', 'login.submit') }))
}

/** Asks again until the answer is good; for what no page shows. */
export async function until(what, ask) {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    assert.ok(Date.now() < end, `waited too long for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** A screenshot under a name of its own. */
export async function shot(page, name, options = {}) {
  const folder = wanted('TONGBAN_SHOTS')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}.png`)
  await page.screenshot({ path: file, animations: 'disabled', ...options })
}

const people = new Map()

/** Somebody at the API, signed in once per spec. */
export function person(account) {
  if (!people.has(account)) people.set(account, arrive(account))
  return people.get(account)
}

async function arrive(account) {
  const answer = await fetch(`${URL_OF_CITY}/api/v1/identity/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: PASSWORD }),
  })
  assert.equal(answer.status, 200, `${account} signs in`)
  const pairs = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  const cookies = pairs.map((pair) => {
    const [name, ...rest] = pair.split('=')
    return {
      name, value: rest.join('='), domain: new URL(URL_OF_CITY).hostname, path: '/',
      expires: -1, httpOnly: true, secure: false, sameSite: 'Lax',
    }
  })
  async function ask(method, where, body) {
    const form = body instanceof FormData
    const response = await fetch(URL_OF_CITY + where, {
      method,
      headers: {
        cookie: pairs.join('; '),
        'idempotency-key': crypto.randomUUID(),
        ...(body && !form ? { 'content-type': 'application/json' } : {}),
      },
      body: body === undefined || form ? body : JSON.stringify(body),
    })
    const text = await response.text()
    assert.ok(response.ok, `${method} ${where}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  async function file(where) {
    const response = await fetch(URL_OF_CITY + where, { headers: { cookie: pairs.join('; ') } })
    assert.ok(response.ok, `${where}: ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  }
  return {
    cookies,
    get: (where) => ask('GET', where),
    file,
    put: (where, body) => ask('PUT', where, body),
    post: (where, body) => ask('POST', where, body),
    delete: (where) => ask('DELETE', where),
  }
}

/** A sheet of paper as a camera sees it: a material that looks like one. */
export async function photograph(html) {
  const page = await (await browser()).newPage({ viewport: { width: 800, height: 1000 } })
  await page.setContent(`<html lang="zh-CN"><body style="margin:90px;font:22px/2 serif">${html}</body></html>`)
  const picture = await page.screenshot({ type: 'jpeg', quality: 80 })
  await page.close()
  return picture
}

/** A page stands when its heading is there and nothing of it is still being fetched. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('h1') !== null && document.querySelector('.skeleton, .hold') === null)
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))).then(() => undefined))
}
