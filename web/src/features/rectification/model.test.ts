import { describe, expect, it } from 'vitest'
import type { Task, TaskEntry } from './api'
import { bodyOf, eventWord, missing, offered, queryOf } from './model'

describe('what is sent', () => {
  it('turns words of the form into what the server takes', () => {
    expect(bodyOf('contact', { way: 'phone', reached: 'no', words: ' 无人接听 ' })).toEqual({ way: 'phone', reached: false, words: '无人接听' })
    expect(bodyOf('call_back', { level: 'unreached' })).toEqual({ level: null, words: '' })
    expect(bodyOf('call_back', { level: '4' })).toEqual({ level: 4, words: '' })
    expect(bodyOf('decide_appeal', { upheld: 'yes', words: '对象错误' })).toEqual({ upheld: true, words: '对象错误' })
  })

  it('names what is missing, and nothing that may stay empty', () => {
    expect(missing('contact', {}).map((field) => field.name)).toEqual(['way', 'reached'])
    expect(missing('rectify', { findings: '一', measures: ' ', result: '三' }).map((field) => field.name)).toEqual(['measures'])
  })
})

describe('what is offered', () => {
  it('shows why something is shut only where it is of use', () => {
    const shown = (command: string, allowed: boolean, code: string | null) => ({ command, allowed, code, reason: code && `why ${code}` })
    const task = { commands: [
      shown('contact', false, 'interaction.wrong_state'), shown('appeal', true, null), shown('call_back', false, 'interaction.handler_calls_back'),
    ] } as unknown as Task
    expect(offered(task)).toEqual({ open: ['appeal'], shut: ['why interaction.handler_calls_back'] })
  })

  it('says how an entry ended', () => {
    const word = (entry: Partial<TaskEntry>) => eventWord(entry as TaskEntry)
    expect(word({ kind: 'contacted', reached: false })).toBe('attempted')
    expect(word({ kind: 'contacted', reached: true })).toBe('contacted')
    expect(word({ kind: 'appeal_decided', upheld: false })).toBe('appeal_rejected')
    expect(word({ kind: 'escalated', escalation: 2 })).toBe('escalated_2')
  })

  it('reads the list out of the address', () => {
    expect(queryOf({})).toEqual({ show: 'running', state: undefined, appealed: undefined, light: undefined, q: undefined })
    expect(queryOf({ show: 'closed', light: 'red', q: '4301' })).toMatchObject({ state: 'closed', light: 'red', q: '4301' })
    expect(queryOf({ show: 'nonsense' }).show).toBe('running')
  })
})
