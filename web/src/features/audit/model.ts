/** What an audit row says, in words; what this page does not know yet keeps its code. */
import { lookUp } from '@/core/i18n'
import type { AuditRow } from './api'
import { t } from './text'

const NOBODY = '00000000-0000-0000-0000-000000000000'

export const actionOf = (row: Pick<AuditRow, 'action'>) => lookUp(`audit.action.${row.action}`) ?? row.action
export const kindOf = (row: Pick<AuditRow, 'object_kind'>) => lookUp(`audit.kind.${row.object_kind}`) ?? row.object_kind
export const resultOf = (row: Pick<AuditRow, 'result'>) => lookUp(`audit.result.${row.result}`) ?? row.result
/** The platform itself acts as `consumer:intake`, say: the part after the colon is for who looks at the code. */
export const roleOf = (row: Pick<AuditRow, 'acting_as'>) => lookUp(`audit.role.${row.acting_as.replace(/:.*$/, '')}`) ?? row.acting_as

/** The name where the account is known, else the id. */
export function actorOf(row: Pick<AuditRow, 'actor_id' | 'actor_name'>): { name: string; isId: boolean } {
  if (row.actor_id === NOBODY) return { name: t('system'), isId: false }
  return row.actor_name ? { name: row.actor_name, isId: false } : { name: row.actor_id, isId: true }
}
