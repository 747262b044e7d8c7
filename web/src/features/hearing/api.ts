/** Calls about hearings of interested persons (听证). */
import type { Answer, Body } from '@/api/answers'
import { upload } from '@/core/http'
import type { CaseView } from '@/features/case/api'

export type Hearing = Answer<'HearingView'>
export type Person = Body<'TellHearingRight'>['persons'][number]

const ofCase = (id: string) => `/api/v1/approval/cases/${encodeURIComponent(id)}`

export const holdHearing = (key: string, id: string, version: number, form: FormData) =>
  upload<CaseView>(`${ofCase(id)}/hold-hearing?version=${version}`, form, { key })

export const recordUrl = (id: string, file: string) => `${ofCase(id)}/hearing/files/${file}`
