import { describe, expect, it } from 'vitest'
import en from '@/locales/en/delivery.json'
import zh from '@/locales/zh-CN/delivery.json'
import { addressFaults, isByHand, likelyWay, openWays, wantsAddress } from './model'
import type { Way } from './types'

const WAYS: Way[] = ['pick_up', 'courier', 'online', 'in_person']

describe('a delivery', () => {
  it('asks for an address where something is brought', () => {
    expect(WAYS.filter(wantsAddress)).toEqual(['courier', 'in_person'])
    expect(WAYS.filter(isByHand)).toEqual(['pick_up', 'in_person'])
    expect(addressFaults({ recipient: ' ', phone: '12', address: '八一路' })).toEqual(['recipient', 'phone', 'address'])
    expect(addressFaults({ recipient: '张示例', phone: '0731-84412345', address: '芙蓉区八一路 1 号' })).toEqual([])
    expect(addressFaults({ recipient: '张示例', phone: '199 1234 5670', address: '芙蓉区八一路 1 号' })).toEqual([])
  })

  it('is served at the counter always, otherwise by choice', () => {
    const of = (chosen: Way | null, dispatched_at: string | null = null) => ({ chosen, dispatched_at, offered: WAYS })
    expect(openWays(of(null))).toEqual(['pick_up', 'online'])
    expect(openWays(of('courier'))).toEqual(['pick_up'])
    expect(openWays(of('courier', '2026-11-24'))).toEqual(['pick_up', 'courier'])
    expect(openWays(of('in_person'))).toEqual(['pick_up', 'in_person'])
    for (const chosen of [null, ...WAYS]) {
      for (const sent of [null, '2026-11-24']) expect(openWays(of(chosen, sent))).toContain(likelyWay(of(chosen, sent)))
    }
    expect(likelyWay({ chosen: null, offered: ['pick_up', 'courier'], dispatched_at: null })).toBe('pick_up')
  })

  it('has words for every way in both languages', () => {
    for (const texts of [zh, en]) {
      expect(Object.keys(texts.ways)).toEqual(WAYS)
      expect(Object.keys(texts.help)).toEqual(WAYS)
    }
  })
})
