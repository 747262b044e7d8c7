/** The exchange as the centre sees it. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

export type ChannelRow = Answer<'ChannelView'>

export const channelKeys = { list: (q: string) => ['channel', q] as const }

export const listChannel = (q: string, cursor: string | undefined, signal: AbortSignal) =>
  api.get<Page<ChannelRow>>('/api/v1/governance/channel', { query: { q, cursor }, signal })
