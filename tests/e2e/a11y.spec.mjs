/** Every route of every end, in every mode: axe finds nothing, and nothing scrolls sideways at 320 px. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { PC, settled } from './city.mjs'
import { visitWhere } from './kiosk.mjs'
import { IN_USE, use } from './in-use.mjs'
import { routeNames, visits } from './routes.mjs'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
const NARROW = { width: 320, height: 800 }
const ENDS = ['portal', 'desk', 'admin', 'kiosk']
const MODES = { normal: {}, elder: { elder: true }, contrast: { contrast: true } }

let known
const all = () => (known ??= visits())

test('every route is visited', async () => {
  assert.deepEqual(Object.keys(await all()).toSorted(), routeNames().toSorted())
})

// Two at a time: one page is fetched while another is judged.
describe('no violation and no sideways scrolling', { concurrency: 2 }, () => {
  for (const [end, mode] of ENDS.flatMap((end) => Object.keys(MODES).map((mode) => [end, mode]))) {
    test(`${end}, ${mode}`, async (t) => {
      const pageOf = pagesIn(t, mode)
      const found = []
      for (const [name, { as, paths }] of Object.entries(await all())) {
        if (!name.startsWith(`${end} `)) continue
        for (const path of paths) found.push(...(await look(await pageOf(as), path)))
      }
      assert.deepEqual(found, [])
    })
  }

  for (const mode of Object.keys(MODES)) {
    test(`pages in use, ${mode}`, async (t) => {
      const known = await all()
      const pageOf = pagesIn(t, mode)
      const found = []
      for (const { name, route, at, act } of IN_USE) {
        const page = await pageOf(known[route].as)
        await page.setViewportSize(PC)
        await use(page, known[route].paths[at], act)
        found.push(...(await judge(page, name)))
      }
      assert.deepEqual(found, [])
    })
  }
})

/** One page for each visitor. */
function pagesIn(t, mode) {
  const pages = new Map()
  return (as) => {
    if (!pages.has(as)) pages.set(as, prepared(t, as, MODES[mode]))
    return pages.get(as)
  }
}

async function prepared(t, as, mode) {
  const page = await visitWhere(t, as, { mode })
  await page.context().addInitScript({ path: AXE })
  await page.goto('/fault')
  const { elder, contrast } = await page.locator('html').evaluate(({ dataset }) => ({ elder: 'elder' in dataset, contrast: dataset.contrast === 'high' }))
  assert.deepEqual({ elder, contrast }, { elder: false, contrast: false, ...mode }, 'the mode is on')
  return page
}

/** What is wrong with one page, in words that lead to the place. */
async function look(page, path) {
  await page.goto(path)
  return judge(page, path)
}

async function judge(page, name) {
  const found = []
  for (const size of [PC, NARROW]) {
    await page.setViewportSize(size)
    await settled(page)
    const words = [...(await violations(page, size)), ...(await sideways(page, size.width))]
    found.push(...words.map((what) => `${name} at ${size.width} px: ${what}`))
  }
  return found
}

function violations(page, size) {
  // Colours do not change with the width, and measuring them takes most of the time.
  const colours = size === PC
  return page.evaluate(async ({ values, enabled }) => {
    const rules = { 'color-contrast': { enabled } }
    const result = await window.axe.run(document, { runOnly: { type: 'tag', values }, rules, resultTypes: ['violations'] })
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
  }, { values: TAGS, enabled: colours })
}

async function sideways(page, room) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  return width > room ? [`${width} px wide`] : []
}
