/** The audit trail. */
import { api, type Page } from '@/core/http'

export interface AuditRow {
  at: string
  actor_id: string
  acting_as: string
  action: string
  object_kind: string
  object_id: string
  result: string
  request_id: string
}

export const auditKeys = { list: (object: string) => ['audit', object] as const }

export const listAudit = (object_id: string, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<AuditRow>>('/api/v1/governance/audit', { query: { object_id, cursor }, signal })
