/** Exchange records of one case, or of all that a filter of the list finds, as a file. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'
import type { CaseQuery } from '@/features/case/api'

const BASE = '/api/v1/approval'

export type Format = Answer<'Format'>

export const exportCase = (key: string, id: string, format: Format, reason: string) =>
  api.file(`${BASE}/cases/${encodeURIComponent(id)}/exchange`, { format, reason }, { key })

export const exportCases = (key: string, filter: CaseQuery, format: Format, reason: string) =>
  api.file(`${BASE}/exchange`, { format, reason, filter }, { key })
