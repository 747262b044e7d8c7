/** The audit trail. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

export type AuditRow = Answer<'AuditView'>

export const auditKeys = { list: (object: string) => ['audit', object] as const }

export const listAudit = (object_id: string, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<AuditRow>>('/api/v1/governance/audit', { query: { object_id, cursor }, signal })
