/** The exchange as the centre sees it. */
import { api, type Page } from '@/core/http'

export interface ChannelRow {
  number: string
  item_name: string
  department_code: string
  department_name: string
  region: string
  application_version: number
  case_version: number
  case_state: string
  taken_at: string
  fed_back_at: string | null
}

export const channelKeys = { list: (q: string) => ['channel', q] as const }

export const listChannel = (q: string, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<ChannelRow>>('/api/v1/governance/channel', { query: { q, cursor }, signal })
