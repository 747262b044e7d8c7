/** A form in the hands of somebody: its answers, what may be changed, what is wrong, what is saved. */
import { computed, inject, provide, reactive, ref, toRaw, type InjectionKey } from 'vue'
import { today } from '@/core/format'
import { makeComplaints } from './complaints'
import { pointer, rowsOf, type Answers, type Field, type FormDocument } from './document'
import type { FormSources } from './environment'
import { makeLookups } from './lookups'
import { setAt, valueAt } from './paths'
import { whenReleased } from './pointer'
import { makeProgress } from './progress'
import { restrictTo } from './restrict'
import { validate } from './validate'
import { normalise } from './value'

export interface FormOptions {
  document: FormDocument
  answers: Answers
  sources: FormSources
  /** Only these paths may be changed (a correction), each with what the clerk said of it; empty where he did not. */
  only?: readonly { path: string; reason: string }[]
}

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

export function makeForm({ document, answers: initial, sources, only }: FormOptions) {
  const answers = reactive<Answers>(clone(initial))
  const revision = ref(0)
  const saved = ref(0)
  const lookups = makeLookups(sources)
  const restriction = only && restrictTo(document, only.map((one) => one.path))
  const judgement = computed(() =>
    validate(document, answers, { today: today(), division: lookups.pathOf, has_entry: lookups.hasEntry }),
  )
  const mayEdit = (path: string) => restriction?.mayEdit(path) ?? true
  const complaints = makeComplaints(document, judgement, mayEdit)

  function set(path: string, value: unknown) {
    setAt(answers, path, value)
    complaints.changed(path)
    revision.value++
  }

  /** Leaving a field: numbers and ids take their normal form, as the server will store them. */
  function leave(field: Field, path: string) {
    const raw = valueAt(answers, path)
    if (typeof raw === 'string' && raw.trim() !== '') {
      const result = normalise(field, raw, { today: today() })
      if ('value' in result && result.value !== raw) set(path, result.value)
    }
    whenReleased(() => complaints.leave(path))
  }

  function setRows(path: string, rows: Answers[]): number {
    set(path, rows)
    complaints.shifted(path)
    return rows.length
  }

  const { attempt, errorOf, summary, check, takeFaults, noteFaults } = complaints
  const progress = makeProgress({
    document, answers, judgement, mayEdit, restricted: only !== undefined,
    complained: (section) => summary(section).length > 0,
  })
  return {
    document,
    answers,
    sources,
    lookups,
    /** Paths of all fields that are shown. */
    shown: computed(() => judgement.value.shown),
    get: (path: string) => valueAt(answers, path),
    set,
    leave,
    /** What a new row lacks is said when it is handed in. */
    addRow: (path: string) => complaints.added(pointer(path, setRows(path, [...rowsOf(valueAt(answers, path)), {}]) - 1)),
    removeRow: (path: string, at: number) => setRows(path, rowsOf(valueAt(answers, path)).filter((_, i) => i !== at)),

    attempt,
    errorOf,
    summary,
    check,
    takeFaults,
    noteFaults,

    restricted: only !== undefined,
    mayEdit,
    /** Whether something in this group or section may be changed. */
    reaches: (path: string) => restriction?.reaches(path) ?? true,
    reasonOf: (path: string) => only?.find((one) => one.path === path)?.reason,

    ...progress,

    /** Counts changes: remember it before a save and hand it to `markSaved` after. */
    revision,
    dirty: computed(() => revision.value > saved.value),
    markSaved: (at: number) => (saved.value = Math.max(saved.value, at)),
    /** As entered, for the autosave. */
    draft: () => clone(toRaw(answers)),
    /** In normal form, for the submission. */
    normal: () => clone(judgement.value.answers),
  }
}

export type Form = ReturnType<typeof makeForm>

const KEY: InjectionKey<Form> = Symbol('form')

/** Makes the form of a page and hands it to the fields below. */
export function useForm(options: FormOptions): Form {
  const form = makeForm(options)
  provide(KEY, form)
  return form
}

export function useCurrentForm(): Form {
  const form = inject(KEY)
  if (!form) throw new Error('form components need useForm() above them')
  return form
}
