/** Behaviour of the components that is not plain markup. */
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, effectScope, h, nextTick, ref } from 'vue'
import type { StoredFile } from './files'
import UiAsync from './UiAsync.vue'
import UiButton from './UiButton.vue'
import UiChoices from './UiChoices.vue'
import UiConfirm from './UiConfirm.vue'
import UiLamp from './UiLamp.vue'
import UiSkeleton from './UiSkeleton.vue'
import UiTable from './UiTable.vue'
import UiTabs from './UiTabs.vue'
import UiUpload from './UiUpload.vue'
import { useShortcutListener, useShortcuts } from './useShortcuts'
import { useUploads } from './useUploads'

beforeEach(() => {
  document.body.innerHTML = ''
})
afterEach(() => vi.useRealTimers())

describe('waiting and failing', () => {
  it('shows nothing for 300 ms, then a skeleton', async () => {
    vi.useFakeTimers()
    const page = mount(UiSkeleton)
    expect(page.find('[role="status"]').exists()).toBe(false)
    vi.advanceTimersByTime(300)
    await nextTick()
    expect(page.findAll('.bar').length).toBeGreaterThan(0)
  })

  it.each([
    [{ pending: true }, ''],
    [{ pending: false, empty: true }, 'none'],
    [{ pending: false }, 'data'],
    [{ pending: true, problem: { what: 'broken', kept: 'kept', next: 'next', requestId: 'r-1', retry: true } }, 'broken'],
  ])('has four states: %j', (props, words) => {
    const page = mount(UiAsync, { props, slots: { default: 'data', empty: 'none' } })
    expect(page.text()).toContain(words)
    expect(page.text().includes('data')).toBe(words === 'data')
    if (words === 'broken') expect(page.text()).toContain('r-1')
  })

  it('does nothing while busy and stays focusable', async () => {
    const page = mount(UiButton, { props: { busy: true }, slots: { default: 'x' } })
    await page.trigger('click')
    expect(page.emitted('click')).toBeUndefined()
    expect(page.attributes('disabled')).toBeUndefined()
    expect(page.attributes('aria-disabled')).toBe('true')
  })
})

it('says a light in glyph and word', () => {
  const words = (['green', 'yellow', 'red', 'purple', 'grey'] as const).map((light) => mount(UiLamp, { props: { light } }).text())
  expect(words).toEqual(['●正常', '◆临期', '▲超期', '■超法定', 'Ⅱ暂停'])
})

it('keeps the order of the list in a multiple choice', async () => {
  const options = ['a', 'b', 'c'].map((value) => ({ value, label: value }))
  const page = mount(UiChoices, { props: { id: 'x', options, multiple: true, modelValue: ['c'] } })
  await page.findAll('input')[0]?.setValue(true)
  expect(page.emitted('update:modelValue')?.at(-1)).toEqual([['a', 'c']])
})

it('moves through tabs with the arrow keys and around the end', async () => {
  const tabs = ['a', 'b', 'c'].map((key) => ({ key, title: key }))
  const page = mount(UiTabs, { props: { tabs, label: 'x', modelValue: 'c' }, attachTo: document.body })
  await page.get('[role="tablist"]').trigger('keydown', { key: 'ArrowRight' })
  expect(page.emitted('update:modelValue')?.at(-1)).toEqual(['a'])
  await page.get('[role="tablist"]').trigger('keydown', { key: 'ArrowLeft' })
  expect(page.emitted('update:modelValue')?.at(-1)).toEqual(['c'])
})

it('demands a reason before it confirms', async () => {
  const page = mount(UiConfirm, { props: { open: true, title: 'x', action: 'do', reason: 'required' }, attachTo: document.body })
  await nextTick()
  const go = page.findAll('button').find((button) => button.text() === 'do')
  await go?.trigger('click')
  expect(page.emitted('confirm')).toBeUndefined()
  expect(page.text()).toContain('请填写理由')
  await page.get('textarea').setValue('  缺少依据 ')
  await go?.trigger('click')
  expect(page.emitted('confirm')).toEqual([['缺少依据']])
})

it('opens a row by a click, not by a click on its button', async () => {
  const row = { id: '1', name: 'a' }
  const page = mount(UiTable<typeof row>, {
    props: { columns: [{ key: 'name', title: 'n' }], rows: [row], rowKey: (one: typeof row) => one.id, caption: 'c', clickable: true },
    slots: { actions: '<button class="inner">go</button>' },
  })
  await page.get('.inner').trigger('click')
  expect(page.emitted('open')).toBeUndefined()
  await page.get('td').trigger('click')
  expect(page.emitted('open')).toEqual([[row]])
})

describe('shortcuts', () => {
  function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  }

  it('are silent while somebody types, except chords, and go with their page', () => {
    const [slash, decide, second] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()]
    const page = mount(
      defineComponent({
        setup() {
          useShortcutListener()
          useShortcuts([
            { keys: '/', title: '', run: slash },
            { keys: 'ctrl+enter', title: '', run: decide },
            { keys: 'alt+2', title: '', run: second },
          ])
          return () => h('input')
        },
      }),
      { attachTo: document.body },
    )
    const input = page.get('input').element.parentElement?.querySelector('input') ?? document.body
    press('/', {}, input)
    expect(slash).not.toHaveBeenCalled()
    press('/')
    press('Enter', { ctrlKey: true }, input)
    press('™', { altKey: true, code: 'Digit2' })
    expect([slash, decide, second].map((spy) => spy.mock.calls.length)).toEqual([1, 1, 1])
    page.unmount()
    press('/')
    expect(slash).toHaveBeenCalledTimes(1)
  })
})

describe('uploads', () => {
  const file = (name: string, size = 10) => new File([new Uint8Array(size)], name)
  const limits = { types: ['pdf', 'jpg'], max_bytes: 100, max_files: 2 }

  it('refuses with the reason before anything is sent', () => {
    const send = vi.fn<() => Promise<StoredFile>>()
    const uploads = effectScope().run(() => useUploads(() => limits, () => 2, send, () => undefined))
    uploads?.add([file('a.exe'), file('b.pdf', 200), file('c.pdf', 0), file('d.PDF')])
    expect(uploads?.refusals.value).toEqual([
      '“a.exe”的格式不支持，请上传 pdf、jpg',
      '“b.pdf”超过 100 字节，请压缩后上传',
      '“c.pdf”是空文件，请重新选择',
      '最多上传 2 个文件',
    ])
    expect(send).not.toHaveBeenCalled()
  })

  it('shows progress, keeps a failure for a retry, hands over what is stored', async () => {
    const done = ref<StoredFile[]>([])
    let fail = true
    const uploads = effectScope().run(() =>
      useUploads(
        () => limits,
        () => done.value.length,
        (one, progress) => {
          progress(0.5)
          return fail ? Promise.reject(new Error('文件已损坏')) : Promise.resolve({ id: '1', name: one.name })
        },
        (stored) => done.value.push(stored),
      ),
    )
    if (!uploads) throw new Error('no scope')
    uploads.add([file('photo.jpeg')])
    await flushPromises()
    expect(uploads.sending.value[0]).toMatchObject({ name: 'photo.jpeg', share: 0.5, error: '文件已损坏' })
    fail = false
    const [failed] = uploads.sending.value
    if (failed) uploads.retry(failed)
    await flushPromises()
    expect(uploads.sending.value).toEqual([])
    expect(done.value).toEqual([{ id: '1', name: 'photo.jpeg' }])
  })

  it('drops old failures once a later file is good, keeps those chosen with it', async () => {
    const done = ref<StoredFile[]>([])
    const send = (one: File) => (one.name.startsWith('bad') ? Promise.reject(new Error('文件已损坏')) : Promise.resolve({ id: one.name, name: one.name }))
    const uploads = effectScope().run(() => useUploads(() => ({ ...limits, max_files: 3 }), () => done.value.length, send, (stored) => done.value.push(stored)))
    if (!uploads) throw new Error('no scope')
    uploads.add([file('bad1.pdf')])
    await flushPromises()
    expect(uploads.sending.value.map((one) => one.name)).toEqual(['bad1.pdf'])
    uploads.add([file('bad2.pdf'), file('good.pdf')])
    await flushPromises()
    expect(uploads.sending.value.map((one) => one.name)).toEqual(['bad2.pdf'])
    // A failure takes no place from a file.
    uploads.add([file('two.pdf'), file('three.pdf')])
    await flushPromises()
    expect([done.value.length, uploads.refusals.value, uploads.sending.value]).toEqual([3, [], []])
    uploads.add([file('a.exe'), file('four.pdf')])
    const [first] = uploads.refusals.value
    uploads.dismiss(first ?? '')
    expect(uploads.refusals.value).toEqual(['最多上传 3 个文件'])
  })

  it('asks before a file goes that was handed in', async () => {
    const files = [{ id: 'old', name: '旧.pdf' }, { id: 'new', name: '新.pdf' }]
    const page = mount(UiUpload, { props: { types: ['pdf'], maxFiles: 3, maxBytes: 100, send: () => Promise.reject(new Error()), careful: ['old'], modelValue: files }, attachTo: document.body })
    await page.get('[aria-label="删除 新.pdf"]').trigger('click')
    expect(page.emitted('update:modelValue')?.[0]).toEqual([[files[0]]])
    await page.get('[aria-label="删除 旧.pdf"]').trigger('click')
    await nextTick()
    expect(page.emitted('update:modelValue')).toHaveLength(1)
    const sure = page.findAll('dialog button').find((one) => one.text() === '确认删除')
    await sure?.trigger('click')
    expect(page.emitted('update:modelValue')?.at(-1)).toEqual([[]])
  })
})
