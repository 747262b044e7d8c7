import { expect, it } from 'vitest'
import type { ManagedPenalty } from './api'
import { askedFields, blankFields, commandsOf, isEditable } from './model'

const row = (state: string, made_by_me: boolean, published_at?: string) => ({ state, made_by_me, entry: { published_at } }) as ManagedPenalty

it('asks of a person neither for a code nor for who stands for it', () => {
  expect(askedFields('person')).not.toContain('party_code')
  expect(askedFields('organisation')).toContain('legal_person')
  expect(blankFields().party_kind).toBe('organisation')
})

it('lets nobody check what he has entered himself', () => {
  expect(commandsOf(row('proposed', false))).toEqual(['publish', 'return', 'withdraw'])
  expect(commandsOf(row('proposed', true))).toEqual(['withdraw'])
  expect(commandsOf(row('published', true))).toEqual(['repair', 'revoke', 'withdraw'])
  expect(commandsOf(row('proposed', false, '2026-11-20T00:00:00Z'))).toEqual(['publish', 'return', 'withdraw', 'revoke'])
  expect(commandsOf(row('repaired', false))).toEqual([])
  expect(isEditable(row('withdrawn', false))).toBe(false)
})
