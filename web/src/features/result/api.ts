/** Results that an office attaches to a case, and where they are opened. */
import type { Answer } from '@/api/answers'
import { upload } from '@/core/http'

export type OwnResult = Answer<'ApplicationResult'>
export type DeskResult = Answer<'ResultView'>

/** What is attached: with a file, or a number of copies that are handed over on paper. */
export interface NewResultQuery {
  version: number
  of: string
  name: string
  number: string
  valid_until: string | null
  copies: number
  reason: string
}

const id = encodeURIComponent

export function attachResult(key: string, which: string, data: NewResultQuery, file: File | undefined) {
  const form = new FormData()
  form.set('data', JSON.stringify(data))
  if (file) form.append('file', file)
  return upload<Answer<'LetterWritten'>>(`/api/v1/approval/cases/${id(which)}/results`, form, { key })
}

export const deskResultUrl = (which: string, file: string) => `/api/v1/approval/cases/${id(which)}/results/files/${id(file)}`
export const ownResultUrl = (which: string, file: string) => `/api/v1/intake/applications/${id(which)}/results/${id(file)}`
