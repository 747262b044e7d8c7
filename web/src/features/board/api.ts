/** The picture of the board. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'

export type Board = Answer<'Board'>
export type BoardRow = Answer<'BoardRow'>
export type BoardMoment = Answer<'BoardMoment'>

export const BOARD_KEY = ['board'] as const
export const LIVE = '/api/v1/insight/board/live'

export const readBoard = (signal: AbortSignal) => api.get<Board>('/api/v1/insight/board', { signal })
