/** The public query: by case number and password, without a session. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

export type Progress = Answer<'Progress'>

export const askProgress = (key: string, case_number: string, password: string) =>
  api.post<Progress>('/api/v1/intake/progress', { case_number, password }, { key })
