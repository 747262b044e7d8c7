/** Pure rules of signatures by several: who is left, what the applicant may do, where faults belong. */
import type { FieldFault } from '@/core/http'
import type { Entry, Signing } from './api'

export type Key = 'name' | 'id_number' | 'phone'

export const KEYS: readonly Key[] = ['name', 'id_number', 'phone']

export const nobody = (): Entry => ({ organisation: false, name: '', id_number: '', phone: '' })

/** What is left empty. */
export const missingOf = (entry: Entry): Key[] => KEYS.filter((key) => entry[key].trim() === '')

/** Whether anybody has to sign before the hand-in. */
export const wantsSignatures = (signing: Signing | null | undefined): signing is Signing =>
  signing !== null && signing !== undefined && (signing.min > 0 || signing.signers.length > 0)

/** Whether nothing of signatures stands in the way of handing in. */
export const maySubmit = (signing: Signing | null | undefined): boolean => !wantsSignatures(signing) || signing.state === 'complete'

/** Whether the draft is frozen: asked, and not taken back nor lapsed. */
export const isFrozen = (signing: Signing | null | undefined): boolean => signing?.state === 'open' || signing?.state === 'complete'

/** Whether somebody has declined, so that the parties may be changed at once. */
export const isDeclined = (signing: Signing): boolean => signing.signers.some((one) => one.state === 'declined')

export const signedCount = (signing: Signing): number => signing.signers.filter((one) => one.state === 'signed').length

/** What the server says of the co-applicant at a place, by fields. */
export function faultsAt(fields: readonly FieldFault[], at: number): Partial<Record<Key, string>> {
  const before = `/co_applicants/${at}/`
  return Object.fromEntries(fields.flatMap(({ path, message }) => (path.startsWith(before) ? [[path.slice(before.length), message]] : [])))
}

/** What it says of them as a whole, and of those who are missing. */
export const faultsOfAll = (fields: readonly FieldFault[]): string[] =>
  fields.filter(({ path }) => /^\/co_applicants(\/\d+)?$/.test(path)).map(({ message }) => message)
