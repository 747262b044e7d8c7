/** How a document of the vault is told of. */
import { date } from '@/core/format'
import type { Taken, VaultDetail, VaultDocument } from './api'
import { t } from './text'

/** 2026-11-01 在“食品经营许可”中提交 */
export function given(day: string, item: string | undefined): string {
  return item ? t('given_with', { day: date(day), item }) : t('given_self', { day: date(day) })
}

export const givenOf = ({ given_at, origin }: Pick<VaultDocument | VaultDetail['editions'][number], 'given_at' | 'origin'>) => given(given_at, origin?.item_name)

/** The sentence under a material whose files came from the vault. */
export function takenWords(taken: Taken): string {
  const words = { name: taken.name, given: given(taken.given_on, taken.item_name) }
  return taken.although_over ? t('taken_over', { ...words, day: date(taken.good_until) }) : t('taken', words)
}

/** Each document once, in the order of the files. */
export function takenOf(files: readonly { vault: Taken | null }[]): Taken[] {
  const all = files.flatMap((file) => (file.vault ? [file.vault] : []))
  return all.filter((one, at) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at)
}

export function validity({ valid_until, expired }: Pick<VaultDocument, 'valid_until' | 'expired'>): string {
  if (!valid_until) return t('no_until')
  return t(expired ? 'until_passed' : 'until', { day: date(valid_until) })
}
