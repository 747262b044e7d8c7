/**
 * First-load JavaScript per end, gzip: the entry with its static imports and the home page with
 * its own. Prints one row per end; fails where an end is over its budget.
 */
import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET_KIB = { portal: 130, mobile: 130, kiosk: 90, hall: 90, desk: 220, admin: 220, board: 280 }

const path = 'dist/.vite/manifest.json'
if (!existsSync(path)) {
  console.error('budget: dist is missing; run `npm run build` first')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(path, 'utf8'))

function closure(keys) {
  const seen = new Set()
  const visit = (key) => {
    if (seen.has(key)) return
    seen.add(key)
    for (const next of manifest[key]?.imports ?? []) visit(next)
  }
  keys.forEach(visit)
  return [...seen].map((key) => manifest[key]?.file).filter((file) => file?.endsWith('.js'))
}

let over = false
for (const [end, limit] of Object.entries(BUDGET_KIB)) {
  const entry = `index/${end}.html`
  if (!manifest[entry]) continue
  const home = `src/ends/${end}/pages/Home.vue`
  const files = closure(manifest[home] ? [entry, home] : [entry])
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length, 0)
  const kib = bytes / 1024
  over ||= kib > limit
  const verdict = kib > limit ? 'OVER' : 'ok'
  console.log(`${end.padEnd(8)} ${kib.toFixed(1).padStart(6)} KiB of ${limit} (${files.length} files) ${verdict}`)
}
process.exit(over ? 1 : 0)
