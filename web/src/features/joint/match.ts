/** Which joint matters somebody means who searches: few are on offer, so the browser looks itself. */
import type { JointCard } from './types'

const plain = (text: string) => text.toLowerCase().replace(/[\s“”"'，。、！？,.!?（）()]/g, '')
const pairs = (text: string) => Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2))

/** From this share of its pairs of characters on a question is about a matter. */
const ABOUT = 0.5

/** By name or by what it says of itself; in its own words, or nearly so. */
export function jointFor<T extends Pick<JointCard, 'name' | 'summary'>>(q: string, cards: readonly T[]): T[] {
  const asked = plain(q)
  if (asked.length < 2) return []
  return cards.filter((card) => {
    const [name, words] = [plain(card.name), plain(card.name + card.summary)]
    if (words.includes(asked) || asked.includes(name)) return true
    const wanted = pairs(asked)
    return wanted.filter((pair) => words.includes(pair)).length / wanted.length >= ABOUT
  })
}
