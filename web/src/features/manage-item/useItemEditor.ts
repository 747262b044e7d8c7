/** The working copy in the hands of its author: values by path, faults by path, what is unsaved. */
import { computed, inject, provide, reactive, ref, toRaw, type InjectionKey } from 'vue'
import type { FieldFault } from '@/core/http'
import { idOf, isRecord, pointer, rowsOf, stepsOf, type Answers } from '@/form/document'
import { setAt, valueAt } from '@/form/paths'
import type { ItemDocument } from './api'
import { isOwn, type Parent } from './derived'
import { GROUPS, type Group, type Spec } from './specs'

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** `parent`: what the item is derived from; it words its own places only. */
export function makeItemEditor(initial: ItemDocument, mayEdit: boolean, parent?: Parent | null) {
  const item = reactive<ItemDocument>(clone(initial))
  const faults = reactive(new Map<string, string>())
  /** What stands in a field and is no value: it cannot be saved and must not be lost to a change of the page. */
  const mistyped = reactive(new Map<string, string>())
  const attempt = ref(0)
  const group = ref<Group['key']>('basic')
  const revision = ref(0)
  const saved = ref(0)

  function touch(path: string) {
    revision.value++
    for (const map of [faults, mistyped]) {
      for (const known of map.keys()) if (known === path || known.startsWith(`${path}/`)) map.delete(known)
    }
  }

  /** Takes down that what was typed is no value, and why. The document keeps what it had. */
  function refuse(path: string, typed: string, message: string) {
    touch(path)
    mistyped.set(path, typed)
    faults.set(path, message)
  }

  /** Whether all that was typed is in the document; if not, the summary takes focus. */
  function check(): boolean {
    if (mistyped.size > 0) attempt.value++
    return mistyped.size === 0
  }

  function set(path: string, value: unknown) {
    setAt(item, path, value)
    touch(path)
  }

  /** Takes a key out of the document: absent is not the same as empty. */
  function drop(path: string) {
    const steps = stepsOf(path)
    const last = steps.pop() ?? ''
    const holder = valueAt(item, steps.map((step) => pointer('', step)).join(''))
    if (isRecord(holder)) delete holder[last]
    touch(path)
  }

  /** After a change of kind: keys that the new kind does not know go. */
  function prune(path: string, specs: readonly Spec[]) {
    const row = valueAt(item, path)
    if (!isRecord(row)) return
    const known = new Set(specs.map((spec) => spec.key))
    for (const key of Object.keys(row)) if (!known.has(key)) delete row[key]
  }

  const mayEditAt = (path: string) => mayEdit && (!parent || isOwn(parent, path))

  function takeFaults(list: readonly FieldFault[]) {
    for (const known of faults.keys()) if (!mistyped.has(known)) faults.delete(known)
    for (const one of list) faults.set(one.path.replace(/^\/item(?=\/)/, ''), one.message)
    if (list.length > 0) attempt.value++
  }

  return {
    item,
    mayEdit,
    mayEditAt,
    faults,
    mistyped,
    refuse,
    check,
    attempt,
    group,
    get: (path: string) => valueAt(item, path),
    rows: (path: string): Answers[] => rowsOf(valueAt(item, path)),
    set,
    drop,
    prune,
    takeFaults,
    summary: computed(() => [...faults].map(([path, message]) => ({ id: idOf(path), path, message }))),
    dirty: computed(() => revision.value > saved.value),
    revision,
    markSaved: (at: number) => (saved.value = Math.max(saved.value, at)),
    draft: () => clone(toRaw(item)),
  }
}

export type ItemEditor = ReturnType<typeof makeItemEditor>

/** The group that a path lies in. */
export function groupOf(path: string): Group['key'] | undefined {
  const key = stepsOf(path)[0]
  return GROUPS.find((group) => group.specs.some((spec) => spec.key === key))?.key
}

const KEY: InjectionKey<ItemEditor> = Symbol('item editor')

export function provideItemEditor(editor: ItemEditor): ItemEditor {
  provide(KEY, editor)
  return editor
}

export function useItemEditor(): ItemEditor {
  const editor = inject(KEY)
  if (!editor) throw new Error('item fields need provideItemEditor() above them')
  return editor
}
