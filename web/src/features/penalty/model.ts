/** The fields of a penalty, in the order of the national list, and what is done with them. */
import type { ManagedPenalty, PenaltyFields } from './api'

export type FieldName = keyof PenaltyFields

export const FIELDS = [
  'party',
  'party_kind',
  'party_code',
  'legal_person',
  'document_number',
  'offence',
  'facts',
  'basis',
  'kinds',
  'content',
  'fine',
  'confiscated',
  'licences',
  'decided_on',
  'valid_to',
  'shown_until',
] as const satisfies readonly FieldName[]

export const LONG: readonly FieldName[] = ['facts', 'basis', 'content']
export const DAYS: readonly FieldName[] = ['decided_on', 'valid_to', 'shown_until']
/** What has no place in the entry of a person. */
export const OF_ORGANISATION: readonly FieldName[] = ['party_code', 'legal_person']
export const OPTIONAL: readonly FieldName[] = ['fine', 'confiscated', 'licences', 'valid_to']

export function blankFields(): PenaltyFields {
  return Object.fromEntries(FIELDS.map((name) => [name, name === 'party_kind' ? 'organisation' : ''])) as Record<FieldName, string>
}

/** What is told of a decision that no longer stands. */
export const REVOKED: readonly FieldName[] = ['document_number', 'decided_on']

/** The fields that are asked for, by the kind of the party. */
export const askedFields = (kind: string) => FIELDS.filter((name) => kind === 'organisation' || !OF_ORGANISATION.includes(name))

export const COMMANDS = ['publish', 'return', 'withdraw', 'repair', 'revoke'] as const
export type PenaltyCommandName = (typeof COMMANDS)[number]

const ALLOWED: Record<string, readonly PenaltyCommandName[]> = {
  proposed: ['publish', 'return', 'withdraw'],
  returned: ['withdraw'],
  published: ['repair', 'revoke', 'withdraw'],
}

/** What the second person may do with an entry: he does not check what he has entered himself. */
export function commandsOf(row: ManagedPenalty): readonly PenaltyCommandName[] {
  const allowed = ALLOWED[row.state] ?? []
  // While a correction waits, the public has seen it all the same.
  const all = row.state !== 'published' && row.entry.published_at ? [...allowed, 'revoke' as const] : allowed
  return all.filter((one) => !row.made_by_me || (one !== 'publish' && one !== 'return'))
}

export const isEditable = (row: ManagedPenalty) => row.state in ALLOWED
