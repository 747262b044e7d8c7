/** Calls about joint matters for their makers. The editor holds `answers` as rows, the wire as a map. */
import type { Answer, Narrow } from '@/api/answers'
import { api, type Page } from '@/core/http'
import { isRecord, rowsOf, type Answers } from '@/form/document'

const BASE = '/api/v1/catalogue/manage/joint-items'
const at = (code: string) => `${BASE}/${encodeURIComponent(code)}`

export type JointRow = Answer<'JointRow'>
export type JointDraft = Narrow<Answer<'JointDraft'>, { item: Answers }>

export const jointKeys = {
  list: () => ['manage-joint', 'list'] as const,
  one: (code: string) => ['manage-joint', 'one', code] as const,
}

export const listJoint = (cursor: string | undefined, signal: AbortSignal): Promise<Page<JointRow>> =>
  api.get(BASE, { query: { cursor, limit: 50 }, signal })

export const readJoint = (code: string, signal: AbortSignal) => api.get<JointDraft>(at(code), { signal })

export const createJoint = (key: string, item: Answers) => api.post<JointRow>(BASE, { item }, { key })

export const saveJoint = (code: string, version: number, item: Answers) => api.put<JointRow>(at(code), { version, item: toWire(item) })

export const publishJoint = (key: string, code: string, version: number) => api.post<JointRow>(`${at(code)}/publish`, { version }, { key })

export const withdrawJoint = (key: string, code: string, version: number, reason: string) =>
  api.post<JointRow>(`${at(code)}/withdraw`, { version, reason }, { key })

const eachMember = (item: Answers, change: (member: Answers) => Answers): Answers => ({ ...item, members: rowsOf(item.members).map(change) })

/** As the editor holds it. */
export const toRows = (item: Answers): Answers =>
  eachMember(item, (member) => ({
    ...member,
    answers: isRecord(member.answers) ? Object.entries(member.answers).map(([question, option]) => ({ question, option })) : [],
  }))

/** As the server takes it. */
export const toWire = (item: Answers): Answers =>
  eachMember(item, (member) => ({
    ...member,
    answers: Object.fromEntries(rowsOf(member.answers).map((row) => [String(row.question ?? ''), String(row.option ?? '')])),
  }))
