/** Pure rules of the counter: what is missing of who stands there. */
import type { FieldFault } from '@/core/http'
import type { Presented } from './api'

export type Key = keyof Omit<Presented, 'organisation'>

export const NOBODY: Presented = { organisation: false, name: '', id_number: '', phone: '', agent_name: '', agent_id_number: '' }

/** What is asked of a person, and of who applies for an organisation, in the order of the page. */
export const keysOf = (who: Pick<Presented, 'organisation'>): readonly Key[] =>
  who.organisation ? ['name', 'id_number', 'agent_name', 'agent_id_number', 'phone'] : ['name', 'id_number', 'phone']

/** The same without what belongs to the other kind. */
export function tidy(who: Presented): Presented {
  return who.organisation ? who : { ...who, agent_name: '', agent_id_number: '' }
}

export const missingOf = (who: Presented): Key[] => keysOf(who).filter((key) => who[key].trim() === '')

/** What the server says of single fields, by their keys. */
export function foundOf(fields: readonly FieldFault[]): Partial<Record<Key, string>> {
  return Object.fromEntries(fields.flatMap(({ path, message }) => (path.startsWith('/applicant/') ? [[path.slice('/applicant/'.length), message]] : [])))
}

/** The label of a field: an organisation has a credit code where a person has a citizen id. */
export function labelKey(key: Key, who: Pick<Presented, 'organisation'>): `person.${Key | 'organisation_name' | 'credit_code'}` {
  if (who.organisation && key === 'name') return 'person.organisation_name'
  if (who.organisation && key === 'id_number') return 'person.credit_code'
  return `person.${key}`
}
