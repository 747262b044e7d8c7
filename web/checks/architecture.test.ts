/** The house rules of the front end: import direction, sizes, no stray colours, texts or `any`. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const MOST_LINES = { vue: 200, composable: 120, module: 500 }
/** Lower layers know nothing of higher ones. Within `ends` and `features` see below. */
const LAYERS = ['core', 'ui', 'form', 'features', 'ends']
/** What any layer may use. */
const SHARED = new Set(['locales', 'styles', 'api'])

const files = globSync('src/**/*.{ts,vue,css}').map((path) => path.replaceAll('\\', '/'))
const sources = files.filter((path) => !path.endsWith('.css') && !path.endsWith('.d.ts'))
const product = sources.filter((path) => !path.endsWith('.test.ts'))
const text = (path: string) => readFileSync(path, 'utf8')
const withoutComments = (code: string) =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/<!--[\s\S]*?-->/g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')

function importsOf(path: string): string[] {
  const found = [...withoutComments(text(path)).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1] ?? '')
  return found.flatMap((target) => {
    if (target.startsWith('@/')) return [`src/${target.slice(2)}`]
    return target.startsWith('.') ? [normalize(join(dirname(path), target)).replaceAll('\\', '/')] : []
  })
}

const layerOf = (path: string) => path.split('/')[1] ?? ''
const partOf = (path: string) => path.split('/')[2] ?? ''

describe('import direction', () => {
  it.each(product)('%s', (path) => {
    for (const target of importsOf(path)) {
      if (!target.startsWith('src/') || SHARED.has(layerOf(target))) continue
      const [own, other] = [LAYERS.indexOf(layerOf(path)), LAYERS.indexOf(layerOf(target))]
      expect(other, `${target} lies in no layer`).toBeGreaterThanOrEqual(0)
      expect(other, `${path} → ${target}`).toBeLessThanOrEqual(own)
      if (layerOf(path) === 'ends' && layerOf(target) === 'ends') {
        expect(partOf(target), `${path} → ${target}: ends do not know each other`).toBe(partOf(path))
      }
    }
  })

  it('keeps the server out of ui and form', () => {
    for (const path of product.filter((one) => ['ui', 'form'].includes(layerOf(one)))) {
      expect(text(path), path).not.toMatch(/\bfetch\(|\bapi\.(?:get|post|put|delete)|\/api\/v1|useQuery/)
    }
  })

  it('reaches every file it names', () => {
    for (const path of product) {
      for (const target of importsOf(path)) {
        const there = ['', '.ts', '.d.ts', '.vue', '/index.ts'].some((end) => existsSync(target + end) && statSync(target + end).isFile())
        expect(there, `${path} → ${target}`).toBe(true)
      }
    }
  })
})

describe('server answers', () => {
  const talking = product.filter((path) => /^src\/features\/[^/]+\/(?:api|types)\.ts$/.test(path) || path === 'src/core/session.ts')

  // What is sent in an address has no schema of its own.
  it.each(talking)('%s takes them from the generated schema', (path) => {
    const code = withoutComments(text(path))
    const shapes = [...code.matchAll(/\binterface (\w+)|\btype (\w+) = \{/g)].map((m) => m[1] ?? m[2] ?? '')
    const own = path === 'src/core/session.ts' ? ['Session'] : []
    expect(shapes.filter((name) => !own.includes(name) && !/(?:Query|Filter)$/.test(name))).toEqual([])
    expect(code, 'a shape written out in a call').not.toMatch(/\b(?:(?:api\.\w+|upload)|Promise)<[^>(]*\{/)
    const asks = /\b(?:api\.\w+|upload)[<(]/.test(code) && !/features\/identity\//.test(path)
    if (asks && !existsSync(path.replace('api.ts', 'types.ts'))) expect(importsOf(path)).toContain('src/api/answers')
  })

  it('keeps the schema behind one door', () => {
    expect(product.filter((path) => importsOf(path).some((target) => target.endsWith('api/schema')))).toEqual(['src/api/answers.ts'])
  })
})

describe('house rules', () => {
  it.each(product)('%s is small', (path) => {
    const lines = text(path).split('\n').length - 1
    const isComposable = /\/use[A-Z]\w*\.ts$/.test(path)
    const most = path.endsWith('.vue') ? MOST_LINES.vue : isComposable ? MOST_LINES.composable : MOST_LINES.module
    expect(lines).toBeLessThanOrEqual(most)
  })

  it.each(files.filter((path) => !path.endsWith('tokens.css') && !path.endsWith('.test.ts')))('%s has no colour of its own', (path) => {
    expect(withoutComments(text(path))).not.toMatch(/(?<![&\w'#])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?!-)|\b(?:rgb|hsl|oklch)a?\(/i)
  })

  it.each(product)('%s keeps its texts in locales', (path) => {
    expect(withoutComments(text(path))).not.toMatch(/\p{Script=Han}/u)
  })

  it.each(sources)('%s has no any', (path) => {
    expect(withoutComments(text(path))).not.toMatch(/(?::|<|\bas)\s*any\b|@ts-(?:ignore|nocheck)/)
  })

  it.each(product)('%s has no names that say nothing', (path) => {
    expect(path).not.toMatch(/(?:^|\/)(?:utils?|helpers?|common|manager|misc|data|info)\b/i)
  })
})
