/** Calls about rectifications of poor ratings, and the keys of what they bring. */
import type { Answer, Body } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { locale } from '@/core/i18n'

const BASE = '/api/v1/interaction'

export type TaskRow = Answer<'TaskRow'>
export type Task = Answer<'TaskView'>
export type TaskEntry = Answer<'TaskEntry'>
export type TaskCommand = Answer<'TaskCommand'>
export type MyRectification = Answer<'MyRectification'>
export type WaitingWords = Answer<'WaitingWords'>
export type WaitingAppraisal = Answer<'WaitingAppraisal'>
export type RatingLink = Answer<'RatingLink'>

export interface TaskQuery {
  state?: string | undefined
  light?: string | undefined
  q?: string | undefined
  appealed?: boolean | undefined
}

export const taskKeys = {
  all: ['rectification'] as const,
  list: (query: TaskQuery) => ['rectification', 'list', query] as const,
  counts: ['rectification', 'counts'] as const,
  one: (id: string) => ['rectification', 'one', id, locale.value] as const,
  words: ['rectification', 'words'] as const,
  appraisals: ['rectification', 'words', 'appraisals'] as const,
  /** Begins with the application's noun: its live hints renew it. */
  mine: (number: string) => ['application', 'rectification', number] as const,
}

export function listTasks(query: TaskQuery, cursor: string | undefined, signal: AbortSignal): Promise<Page<TaskRow>> {
  return api.get(`${BASE}/tasks`, { query: { ...query, cursor, limit: 50 }, signal })
}

export function countTasks(signal: AbortSignal): Promise<Record<string, number>> {
  return api.get(`${BASE}/task-counts`, { signal })
}

export function readTask(id: string, signal: AbortSignal): Promise<Task> {
  return api.get(`${BASE}/tasks/${encodeURIComponent(id)}`, { signal })
}

export function command(key: string, id: string, name: string, body: object): Promise<Task> {
  return api.post(`${BASE}/tasks/${encodeURIComponent(id)}/${name}`, body, { key })
}

const mine = (number: string) => `${BASE}/my-rectifications/${encodeURIComponent(number)}`

/** Nothing where there is nothing to rectify. */
export function readMine(number: string, signal: AbortSignal): Promise<MyRectification | null> {
  return api.get(mine(number), { signal })
}

export function answerMine(key: string, number: string, version: number, level: number, words: string): Promise<MyRectification> {
  return api.post(`${mine(number)}/answer`, { version, level, words }, { key })
}

export function listWords(cursor: string | undefined, signal: AbortSignal): Promise<Page<WaitingWords>> {
  return api.get(`${BASE}/words`, { query: { cursor, limit: 20 }, signal })
}

export function reviewWords(key: string, id: string, publish: boolean, words: string): Promise<Answer<'ReviewedWords'>> {
  return api.post(`${BASE}/words/${encodeURIComponent(id)}/review`, { publish, words }, { key })
}

export function inviteRating(key: string, case_number: string, channel: 'qr' | 'device'): Promise<RatingLink> {
  return api.post(`${BASE}/links`, { case_number, channel }, { key })
}

export function rateByPhone(key: string, body: Body<'RateByPhone'>): Promise<Answer<'RatingThanks'>> {
  return api.post(`${BASE}/hotline/ratings`, body, { key })
}

export function listWaitingAppraisals(cursor: string | undefined, signal: AbortSignal): Promise<Page<WaitingAppraisal>> {
  return api.get(`${BASE}/appraisal-words`, { query: { cursor, limit: 20 }, signal })
}

export function reviewAppraisal(key: string, id: string, publish: boolean, words: string): Promise<Answer<'ReviewedWords'>> {
  return api.post(`${BASE}/appraisal-words/${encodeURIComponent(id)}/review`, { publish, words }, { key })
}
