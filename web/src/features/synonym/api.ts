/** Calls about words that count as the same in searches. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

const BASE = '/api/v1/catalogue/manage/synonyms'

export type Synonym = Answer<'SynonymView'>

export const synonymKeys = {
  all: ['synonym'] as const,
  list: (q: string) => ['synonym', 'list', q] as const,
}

export const listSynonyms = (q: string, signal: AbortSignal) => api.get<Pick<Page<Synonym>, 'items'>>(BASE, { query: { q: q || undefined }, signal })

/** Without a group that was read: a new one. */
export function saveSynonym(key: string, group: Synonym | undefined, words: string[], note: string): Promise<Synonym> {
  if (!group) return api.post(BASE, { words, note }, { key })
  return api.put(`${BASE}/${group.id}`, { version: group.version, words, note })
}

export const removeSynonym = (key: string, group: Synonym) => api.post<Synonym>(`${BASE}/${group.id}/remove`, { version: group.version }, { key })

export const addCommon = (key: string) => api.post<Answer<'AddedSynonyms'>>(`${BASE}/common`, {}, { key })

/** What was typed as words: parted by blanks, commas or lines. */
export const wordsOf = (text: string) => text.split(/[\s,，、;；]+/).filter((word) => word !== '')
