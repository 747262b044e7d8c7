/** Every pair of colours that meets on a page, in the normal and the high-contrast look (WCAG 2.2 AA). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Tokens = Map<string, string>

const css = readFileSync('src/styles/tokens.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')

function block(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`)
  const body = css.slice(start, css.indexOf('}', start))
  return new Map([...body.matchAll(/(--color-[\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map((m) => [m[1] ?? '', m[2] ?? '']))
}

const normal = block(':root')
const high = new Map([...normal, ...block("html[data-contrast='high']")])

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function ratio(tokens: Tokens, front: string, back: string): number {
  const [a, b] = [front, back].map((name) => luminance(tokens.get(`--color-${name}`) ?? '')) as [number, number]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const grounds = ['surface', 'page']
const texts = ['ink', 'ink-2', 'ink-3', 'brand', 'brand-strong', 'ok', 'warn', 'bad', 'late', 'paused']
const TEXT_PAIRS: [string, string][] = [
  ...texts.flatMap((text) => grounds.map((ground): [string, string] => [text, ground])),
  ...['ok', 'warn', 'bad', 'late', 'paused', 'brand'].map((tone): [string, string] => [tone, `${tone}-soft`]),
  ...['ok-soft', 'warn-soft', 'brand-soft'].map((ground): [string, string] => ['ink', ground]),
  ['ink-2', 'sunken'],
  ['ink-3', 'sunken'],
  ['ink-2', 'brand-soft'],
  ['on-brand', 'brand'],
  ['on-brand', 'brand-strong'],
  ['on-hero', 'hero'],
  ['hero-soft', 'hero'],
  ['on-bar', 'bar'],
  ['on-bar', 'bar-active'],
  ['brand-strong', 'surface'],
  ['wall-ink', 'wall'],
  ['wall-ink', 'wall-panel'],
  ...['white', 'blue', 'green', 'yellow', 'red', 'purple'].flatMap((tone): [string, string][] => [[`wall-${tone}`, 'wall'], [`wall-${tone}`, 'wall-panel']]),
]
const SHAPE_PAIRS: [string, string][] = [
  ['control-border', 'surface'],
  ['brand', 'surface'],
  ['bad', 'surface'],
  ['focus-ring', 'surface'],
  ['focus-ring', 'page'],
]

describe.each([
  ['normal', normal, 4.5],
  ['high contrast', high, 7],
] as const)('%s', (_name, tokens, least) => {
  it('has all tokens', () => {
    for (const [front, back] of [...TEXT_PAIRS, ...SHAPE_PAIRS]) {
      expect(tokens.get(`--color-${front}`), front).toBeDefined()
      expect(tokens.get(`--color-${back}`), back).toBeDefined()
    }
  })
  it.each(TEXT_PAIRS)('text %s on %s', (front, back) => expect(ratio(tokens, front, back)).toBeGreaterThanOrEqual(least))
  it.each(SHAPE_PAIRS)('shape %s on %s', (front, back) => expect(ratio(tokens, front, back)).toBeGreaterThanOrEqual(3))
  it('focus is seen on the dark bar and on white', () => {
    // Two rings: the bright one shows on dark ground, the dark one on light ground.
    expect(ratio(tokens, 'focus', 'bar')).toBeGreaterThanOrEqual(3)
    expect(ratio(tokens, 'focus', 'focus-ring')).toBeGreaterThanOrEqual(tokens === high ? 1.5 : 3)
  })
})
