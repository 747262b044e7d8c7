import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { ParentStanding } from './api'
import { isOwn, ownPlaces } from './derived'
import DerivedNotice from './DerivedNotice.vue'
import OwnPlaces from './OwnPlaces.vue'
import { makeItemEditor } from './useItemEditor'

const term = (length: number) => ({ length, unit: 'working_days' })
const PARENT: ParentStanding = {
  code: 'P', name: '失业登记', status: 'published', within_reach: true, published_version: 1, derived_at: 1, published_derived_at: null, news: [],
  identity: ['/code', '/authority/level'],
  own: ['/promised_term', '/steps/*/term', '/places', '/consultation', '/handling/delivery', '/handling/in_hall'],
  item: { consultation: '上级电话', places: [{ name: '大厅', hours: '9:00' }], promised_term: term(5), steps: [{ id: 'a', term: term(2) }, { id: 'b', term: term(3) }], handling: { delivery: ['window'] } } as unknown as ParentStanding['item'],
}
const own = (item: Record<string, unknown>) => ownPlaces(PARENT, item).filter((one) => one.own).map((one) => one.path)

describe('an item that is derived', () => {
  it('may word its own places only, and all that lies in them', () => {
    const may = ['/code', '/places', '/places/0/name', '/handling/delivery/0', '/steps/2/term', '/steps/2/term/length', '/authority/level']
    const mayNot = ['/name', '/handling', '/handling/process', '/steps', '/steps/2', '/steps/2/name', '/steps/x/term', '/authority']
    expect(may.filter((path) => !isOwn(PARENT, path))).toEqual([])
    expect(mayNot.filter((path) => isOwn(PARENT, path))).toEqual([])
  })

  it('leaves that to its editor, and all of it to one of no parent', () => {
    const editor = makeItemEditor({}, true, PARENT)
    expect([editor.mayEditAt('/consultation'), editor.mayEditAt('/name')]).toEqual([true, false])
    expect(makeItemEditor({}, true, null).mayEditAt('/name')).toBe(true)
    expect(makeItemEditor({}, false, PARENT).mayEditAt('/consultation')).toBe(false)
  })

  it('tells what differs, not the order of keys nor what says nothing', () => {
    const same = {
      consultation: '上级电话', places: [{ hours: '9:00', name: '大厅', note: '' }], promised_term: { unit: 'working_days', length: 5 },
      steps: [{ id: 'a', term: term(2) }, { id: 'b', term: term(3) }], handling: { delivery: ['window'], in_hall: false },
    }
    expect(own(same)).toEqual([])
    expect(own({ ...same, places: [], promised_term: term(4), handling: { in_hall: true } })).toEqual(['/promised_term', '/places', '/handling/delivery', '/handling/in_hall'])
  })

  it('measures a step by the one of the same id, wherever that stands', () => {
    const places = ownPlaces(PARENT, { steps: [{ id: 'b', term: term(1) }, { id: 'new', term: term(1) }] }).filter((one) => one.path.startsWith('/steps'))
    expect(places.map((one) => [one.path, one.parent, one.own])).toEqual([['/steps/0/term', term(3), true], ['/steps/1/term', undefined, true]])
  })

  it('tells what is in force apart from a draft that is up to date', () => {
    const updated = { within_reach: false, published_version: 2, derived_at: 2, published_derived_at: 1 }
    const said = (more: Partial<ParentStanding>) => mount(DerivedNotice, { props: { parent: { ...PARENT, ...updated, ...more }, code: 'C', version: 1, mayEdit: true, dirty: false } }).text()
    expect(said({})).toContain('尚未发布')
    expect(said({})).toContain('现行内容仍按原事项第 1 版')
    for (const at of [2, null]) expect(said({ published_derived_at: at })).toContain('第 2 版')
    for (const at of [2, null]) expect(said({ published_derived_at: at })).not.toContain('尚未发布')
    expect(said({ derived_at: 1 })).toContain('请更新')
    expect(said({ status: 'withdrawn' })).toContain('已停用')
  })

  it('goes back to what the parent says, place by place', async () => {
    const editor = makeItemEditor({ consultation: '自己的电话', handling: { delivery: ['window'], in_hall: true }, promised_term: term(5), places: [], steps: [] }, true, PARENT)
    const page = mount(OwnPlaces, { props: { editor, parent: PARENT } })
    const back = () => page.findAll('button').map((one) => one.attributes('aria-label'))
    expect(back()).toHaveLength(3)
    expect(page.text()).toContain('（无）')
    for (const [at, path] of ['/places', '/consultation', '/handling/in_hall'].entries()) {
      await page.findAll('button')[0]?.trigger('click')
      expect(back(), path).toHaveLength(2 - at)
    }
    expect(editor.draft()).toEqual({ consultation: '上级电话', handling: { delivery: ['window'] }, promised_term: term(5), places: [{ name: '大厅', hours: '9:00' }], steps: [] })
    expect(editor.dirty.value).toBe(true)
  })
})
