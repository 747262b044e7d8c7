import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ApplicationEntry from './ApplicationEntry.vue'
import type { ApplicationRow } from './types'

const draft = (proxy: ApplicationRow['proxy'], state = 'draft') =>
  ({ id: '1', item_name: '失业登记', state, standing: { text: '还没有提交' }, updated_at: '2026-11-23T01:00:00Z', proxy }) as unknown as ApplicationRow

describe('a draft in the list', () => {
  it.each([
    ['his own', draft(null), true],
    ['one in which somebody acts for him', draft({ mine: false, online: true, name: '欧*甲' }), true],
    ['one begun by a paper', draft({ mine: true, online: false, name: '欧*甲' }), true],
    ["the principal's", draft({ mine: true, online: true, name: '欧*甲' }), false],
    ['one handed in', draft(null, 'submitted'), false],
  ])('is deleted by whose it is: %s', (_, row, deletable) => {
    const page = mount(ApplicationEntry, { props: { row }, global: { stubs: { RouterLink: true, NextAction: true } } })
    expect(page.text().includes('删除')).toBe(deletable)
  })
})
