/** A picture of every main page on a computer and on a phone, to be looked at by people. */
import { describe, test } from 'node:test'
import { settled, shot, visit } from './city.mjs'
import { IN_USE, use } from './in-use.mjs'
import { visitWhere } from './kiosk.mjs'
import { visits } from './routes.mjs'

/** Lists go on and on: their beginning tells enough. */
const LONGEST = 2600
const LEFT_OUT = /forbidden|unreachable|not_found/
const MODES = [{ name: 'elder', mode: { elder: true } }, { name: 'contrast', mode: { contrast: true } }]

let known
const all = () => (known ??= visits())

describe('pictures', { concurrency: 2 }, () => {
  for (const device of ['pc', 'phone']) {
    const phone = device === 'phone'

    test(`every main page on a ${device}`, async (t) => {
      const pages = new Map()
      for (const [name, { as, paths }] of Object.entries(await all())) {
        if (LEFT_OUT.test(name)) continue
        if (!pages.has(as)) pages.set(as, await visitWhere(t, as, { phone }))
        for (const [at, path] of paths.entries()) await take(pages.get(as), path, `${device} ${name}${at === 0 ? '' : ` ${at + 1}`}`)
      }
    })

    test(`pages in use on a ${device}`, async (t) => {
      const known = await all()
      for (const { name, route, at, act } of IN_USE) {
        const page = await visit(t, { as: known[route].as, phone })
        await use(page, known[route].paths[at], act)
        await shot(page, `${device} ${name}`)
      }
    })

    for (const { name, mode } of MODES) {
      test(`the first pages on a ${device}, ${name}`, async (t) => {
        const page = await visit(t, { as: 'citizen1', phone, mode })
        const known = await all()
        for (const route of ['portal home', 'portal item', 'portal case']) await take(page, known[route].paths[0], `${device} ${name} ${route}`)
      })
    }
  }
})

/** A long page is shown in a window of its own length, so that what sticks to the bottom is there. */
async function take(page, path, name) {
  const usual = page.viewportSize()
  await page.goto(path)
  await settled(page)
  const length = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ ...usual, height: Math.min(Math.max(length, usual.height), LONGEST) })
  await settled(page)
  await shot(page, name)
  await page.setViewportSize(usual)
}
