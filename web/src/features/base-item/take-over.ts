/** What an item takes from its base item, and what it keeps. */
import { isRecord, rowsOf, type Answers } from '@/form/document'
import type { Deviation } from './api'

const plain = (value: unknown) => String(value ?? '').replaceAll(/[\s《》]/g, '')
const same = (one: Answers, other: Answers) => plain(one.name) === plain(other.name) && plain(one.article) === plain(other.article)

/** New values by their places: only where the item deviates; its own further laws stay. */
export function takeOver(base: Answers, item: Answers, deviations: readonly Deviation[]): [path: string, value: unknown][] {
  return deviations.flatMap(({ path }): [string, unknown][] => {
    if (path === '/name') return [[path, base.name]]
    if (path === '/item_type') return [[path, base.item_type]]
    if (path === '/legal_term') return isRecord(base.legal_term) ? [[path, { ...base.legal_term }]] : []
    if (path !== '/legal_bases') return []
    const own = rowsOf(item.legal_bases)
    const lacking = rowsOf(base.legal_bases).filter((wanted) => !own.some((one) => same(one, wanted)))
    return [[path, [...own, ...lacking.map((one) => ({ ...one }))]]]
  })
}
