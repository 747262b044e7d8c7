/** The board: a whole screen, live, and back after it was cut off. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { expects, PC, person, settled, shot, visit } from './city.mjs'
import { handle, ITEM, reached, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const b = (key, args) => say('board', key, args)
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const WALL = { width: 1920, height: 1080 }
const NARROW = { width: 320, height: 800 }

async function open(t) {
  const page = await visit(t, { size: WALL })
  await page.context().addInitScript({ path: AXE })
  await page.goto('/board/')
  await page.getByRole('status').filter({ hasText: b('link.live') }).waitFor()
  await page.getByRole('region', { name: b('panel.map') }).getByText('芙蓉区').waitFor()
  return page
}

test('it fills a wall without scrolling, reads well smaller, and axe finds nothing', async (t) => {
  const page = await open(t)
  for (const size of [WALL, PC, NARROW]) {
    await page.setViewportSize(size)
    await settled(page)
    await shot(page, `board ${size.width}`, { fullPage: size === NARROW })
    const { wide, high } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth - innerWidth, high: document.documentElement.scrollHeight - innerHeight }))
    assert.ok(wide <= 0, `${size.width}: ${wide} px too wide`)
    if (size !== NARROW) assert.ok(high <= 0, `${size.width}: ${high} px too high`)
    const found = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))
    assert.deepEqual(found, [], `${size.width}`)
  }
})

test('a case that is accepted stands in the feed within seconds, masked', async (t) => {
  // A matter of persons: withheld until an administrator shows it.
  await (await person('admin')).put(`/api/v1/insight/items/${ITEM.code}/publicity`, { withheld: false })
  const page = await open(t)
  const today = page.locator('dl > div').filter({ hasText: b('figure.submitted') }).locator('dd').first()
  const before = Number.parseInt((await today.innerText()).replace(',', ''), 10)
  const scene = await submitted()
  await reached(await handle(scene, ['accept', {}]), 'examining')
  const feed = page.getByRole('region', { name: b('panel.feed') })
  await feed.getByText(`****${scene.number.slice(-4)}`).first().waitFor()
  await page.waitForFunction(([least]) => {
    const figure = [...document.querySelectorAll('dl > div')][0]?.querySelector('dd')?.textContent ?? ''
    return Number.parseInt(figure.replace(',', ''), 10) > least
  }, [before])
  assert.ok(!(await feed.innerText()).includes(scene.number))
  await shot(page, 'board live 1920')
})

test('cut off it says so and keeps the picture, and catches up by itself', async (t) => {
  const page = await open(t)
  expects(page, /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK|Failed to load resource/)
  await page.context().setOffline(true)
  await page.route('**/board/live', (route) => route.abort())
  // What is open stays open offline: the stream is taken away with the page's connections.
  await page.evaluate(() => globalThis.dispatchEvent(new Event('offline')))
  await page.reload().catch(() => undefined)
  await page.context().setOffline(false)
  await page.goto('/board/')
  await page.getByRole('status').filter({ hasText: b('link.opening') }).waitFor()
  await page.getByRole('region', { name: b('panel.feed') }).getByText('****').first().waitFor()
  await shot(page, 'board cut off 1440')
  await page.unroute('**/board/live')
  await page.getByRole('status').filter({ hasText: b('link.live') }).waitFor()
})

test('the keyboard reaches every list behind it and the help', async (t) => {
  const page = await open(t)
  const seen = []
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press('Tab')
    seen.push(await page.evaluate(() => document.activeElement?.getAttribute('href') ?? ''))
  }
  for (const href of ['/desk/statistics', '/publicity', '/desk/cases', '/rating']) assert.ok(seen.includes(href), `${href} in ${seen}`)
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText(b('full_screen')).waitFor()
  await page.keyboard.press('Escape')
})
