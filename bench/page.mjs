/**
 * First JavaScript and largest contentful paint of the portal's home and guide, cold cache each time.
 *   node bench/page.mjs URL ITEM ROUNDS     prints JSON for `tb-bench`
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'

const web = new URL('../web/', import.meta.url)
const { chromium } = createRequire(new URL('package.json', web))('playwright-core')
const [url, item, rounds] = process.argv.slice(2)
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]
const PAGES = [
  { name: 'portal home', path: '/', source: 'src/ends/portal/pages/Home.vue' },
  { name: 'item guide', path: `/items/${item}`, source: 'src/ends/portal/pages/Guide.vue' },
]
const manifest = JSON.parse(readFileSync(new URL('dist/.vite/manifest.json', web), 'utf8'))

/** The entry and the page, each with its static imports. */
function firstJavaScript(source) {
  const seen = new Set()
  const visit = (key) => {
    if (seen.has(key)) return
    if (!manifest[key]) throw new Error(`${key} is not in the manifest`)
    seen.add(key)
    for (const next of manifest[key].imports ?? []) visit(next)
  }
  for (const key of ['index/portal.html', source]) visit(key)
  const files = [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'))
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(`dist/${file}`, web))).length, 0) / 1024
}

/** Runs in the page before anything else: the last candidate counts. */
function observe() {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const element = entry.element
      window.largestPaint = {
        millis: entry.startTime,
        element: element ? `${element.tagName.toLowerCase()}.${element.className}`.trim().slice(0, 60) : 'unknown',
      }
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
}

function read() {
  const scripts = performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js'))
  const early = scripts.filter((entry) => entry.responseEnd <= window.largestPaint.millis)
  return { ...window.largestPaint, kib: early.reduce((sum, entry) => sum + entry.transferSize, 0) / 1024 }
}

async function paint(browser, path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(observe)
  await page.goto(url + path, { waitUntil: 'networkidle' })
  await page.waitForTimeout(1000)
  const found = await page.evaluate(read)
  await context.close()
  return found
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS })
const told = []
for (const { name, path, source } of PAGES) {
  const paints = []
  for (let round = 0; round < Number(rounds); round++) paints.push(await paint(browser, path))
  const last = paints.at(-1)
  told.push({
    name, kib: firstJavaScript(source), loaded_kib: last.kib, lcp: paints.map((found) => found.millis), element: last.element,
  })
}
await browser.close()
console.log(JSON.stringify(told))
