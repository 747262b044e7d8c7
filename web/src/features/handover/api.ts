/** Who handles how many cases of one's department. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

export type Handler = Answer<'HandlerView'>

/** Begins with the case: its live hints renew it. */
export const handoverKeys = { handlers: ['case', 'handlers'] as const }

export const listHandlers = (signal: AbortSignal): Promise<Handler[]> => api.get('/api/v1/approval/handlers', { signal })
