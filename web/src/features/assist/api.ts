/** Help by assistants (帮办代办): asked for and consented to by applicants, given at the desk. */
import type { Answer, Body } from '@/api/answers'
import { api, upload, type Page } from '@/core/http'
import { applicationUrl, reachApplicationsAt } from '@/features/application/door'
import type { Application } from '@/features/application/types'

const ASKED = '/api/v1/intake/assist-requests'
const DESK = '/api/v1/intake/assist-desk'
const own = (id: string) => `${ASKED}/${encodeURIComponent(id)}`
const desk = (id: string) => `${DESK}/requests/${encodeURIComponent(id)}`

export type Help = Answer<'HelpView'>
export type HelpRow = Answer<'HelpRow'>
export type Fellow = Answer<'FellowAssistant'>
export type Assist = NonNullable<Application['assist']>
export type Change = Assist['changes'][number]
export type May = Answer<'AssistMay'>
export type Place = Answer<'AssistPlace'>
export type Ground = Answer<'AssistGround'>
export type Asking = Body<'AskHelp'>
export type Show = 'open' | 'mine' | 'taken' | 'closed'

export const assistKeys = {
  all: ['assist'] as const,
  own: ['assist', 'own'] as const,
  ownOne: (id: string) => ['assist', 'own', id] as const,
  list: (show: Show) => ['assist', 'desk', show] as const,
  one: (id: string) => ['assist', 'desk', 'one', id] as const,
  fellows: ['assist', 'fellows'] as const,
}

/** The applicant's side. */
export const askHelp = (key: string, asking: Asking) => api.post<Help>(ASKED, asking, { key })
export const listOwn = (cursor: string | undefined, signal: AbortSignal): Promise<Page<HelpRow>> => api.get(ASKED, { query: { cursor }, signal })
export const readOwn = (id: string, signal: AbortSignal): Promise<Help> => api.get(own(id), { signal })
export const withdrawHelp = (key: string, { id, version }: Help) => api.post<Help>(`${own(id)}/withdraw`, { version }, { key })
export const ownPaperUrl = (id: string, file: string) => `${own(id)}/papers/${encodeURIComponent(file)}`
export const letIn = (key: string, id: string, may: May, until_on: string) => api.put<Application>(`${applicationUrl(id)}/assist-consent`, { may, until_on }, { key })
export const letOut = (key: string, id: string) => api.post<Application>(`${applicationUrl(id)}/assist-consent/end`, {}, { key })
export const checkHelp = (key: string, id: string, version: number) => api.post<Application>(`${applicationUrl(id)}/assist-check`, { version }, { key })

/** The desk's side. Whoever helps reaches drafts by a door of its own. */
export const enterAsAssistant = () => reachApplicationsAt(`${DESK}/applications`)
export const listAsked = (show: Show, cursor: string | undefined, signal: AbortSignal): Promise<Page<HelpRow>> => api.get(`${DESK}/requests`, { query: { show, cursor }, signal })
export const readAsked = (id: string, signal: AbortSignal): Promise<Help> => api.get(desk(id), { signal })
export const listFellows = (signal: AbortSignal): Promise<Fellow[]> => api.get(`${DESK}/assistants`, { signal })
export const takeHelp = (key: string, { id, version }: Help) => api.post<Help>(`${desk(id)}/take`, { version }, { key })
export const recordContact = (key: string, { id, version }: Help, reached: boolean, words: string) => api.post<Help>(`${desk(id)}/contacts`, { version, reached, words }, { key })
export const handHelpOver = (key: string, { id, version }: Help, successor_id: string, words: string) => api.post<Help>(`${desk(id)}/hand-over`, { version, successor_id, words }, { key })
export const closeHelp = (key: string, { id, version }: Help, outcome: string, words: string) => api.post<Help>(`${desk(id)}/close`, { version, outcome, words }, { key })
export const layDown = (key: string, { id, version }: Help) => api.post<Help>(`${desk(id)}/consent/end`, { version }, { key })
export const deskPaperUrl = (id: string, file: string) => `${desk(id)}/papers/${encodeURIComponent(file)}`

/** Consent on a signed paper. */
export const keepPaper = (key: string, { id, version }: Help, may: May, until: string, form: FormData) =>
  upload<Help>(`${desk(id)}/consent?version=${version}&may=${may}&until_on=${encodeURIComponent(until)}`, form, { key })
