/**
 * A draft (or a correction) in somebody's hands: saves by itself a moment after each change, one
 * save after the other, and says how that stands. Nothing entered is ever given up: a failed save
 * is tried again, a conflict waits for the applicant's word.
 */
import { useQueryClient } from '@tanstack/vue-query'
import { useDebounceFn, useEventListener, useIntervalFn } from '@vueuse/core'
import { computed, ref, shallowRef, watch } from 'vue'
import { asProblem, type Problem } from '@/core/http'
import { serverNow } from '@/core/clock'
import { useLeaveGuard } from '@/core/leave-guard'
import { useSession } from '@/core/session'
import { t as core } from '@/core/text'
import type { Answers } from '@/form/document'
import type { Form } from '@/form/useForm'
import { fetchApplication, remember, saveForm } from './api'
import { lostSaves, type Sent } from './lost-saves'
import { formFaults } from './model'
import type { Application, MaterialFile } from './types'
import { useMerge } from './useMerge'

const [TYPING_MS, AGAIN_MS] = [1200, 15_000] as const

export function useDraft(initial: Application, form: Form) {
  const cache = useQueryClient()
  const session = useSession()
  const application = shallowRef(initial)
  const savedAt = ref<Date>()
  const saving = ref(false)
  const problem = shallowRef<Problem>()
  const conflict = shallowRef<Problem>()
  let base: Answers = form.draft()
  let running: Promise<boolean> | undefined
  const { clashes, bring, choose } = useMerge(initial.form_document, form)
  const lost = lostSaves(initial.id)

  function take(next: Application) {
    application.value = next
    remember(cache, next)
  }

  /** What was sent is safe on the server, and with it all up to revision `at`. */
  function kept({ sent, now }: { sent: Sent; now: Application }, at: number): true {
    take(now)
    base = sent.entered
    form.markSaved(at)
    lost.forget()
    savedAt.value = serverNow()
    problem.value = undefined
    return true
  }

  async function attempt(): Promise<boolean> {
    const at = form.revision.value
    const sent = { entered: form.draft(), normal: form.normal() }
    saving.value = true
    try {
      const now = await saveForm(initial.id, application.value.version, sent.entered)
      return kept({ sent, now }, at)
    } catch (error) {
      const found = asProblem(error)
      const own = found.code === 'intake.stale_version' ? await lost.arrived(sent) : undefined
      if (own) return kept(own, own.sent === sent ? at : 0)
      if (found.outcomeUnknown) lost.add(sent)
      if (found.status === 409) conflict.value = found
      else problem.value = found
      if (found.status === 422) form.noteFaults(formFaults(found.fields))
      return false
    } finally {
      saving.value = false
    }
  }

  /** Saves what is not saved yet; `true` where all of it is safe on the server. */
  async function save(): Promise<boolean> {
    if (running) {
      await running
      return save()
    }
    if (!form.dirty.value) return true
    if (conflict.value || clashes.value.length > 0) return false
    running = attempt().finally(() => (running = undefined))
    const saved = await running
    return saved && form.dirty.value ? save() : saved
  }

  /** After a conflict: what others saved comes in, what was changed here stays; what both changed is asked about. */
  async function merge() {
    const theirs = await fetchApplication(initial.id)
    bring({ base, mine: form.draft(), known: application.value.form, theirs: theirs.form })
    base = theirs.form
    conflict.value = undefined
    take(theirs)
    await save()
  }

  function changeFiles(requirement: string, change: (files: MaterialFile[]) => MaterialFile[]) {
    const materials = application.value.materials.map((one) => (one.id === requirement ? { ...one, files: change(one.files) } : one))
    take({ ...application.value, materials })
  }

  const later = useDebounceFn(() => void save(), TYPING_MS)
  watch(form.revision, later)
  useEventListener(document, 'visibilitychange', () => document.visibilityState === 'hidden' && void save())
  useEventListener(window, 'online', () => void save())
  useIntervalFn(() => problem.value?.outcomeUnknown && void save(), AGAIN_MS)
  // Signed in again on this very page: what was entered meanwhile goes out now.
  watch(() => session.status, (status) => status === 'signed_in' && void save())
  useLeaveGuard(form.dirty, async () => (await save()) || window.confirm(core('leave')))

  return {
    application, savedAt, saving, problem, conflict, clashes,
    unsaved: computed(() => form.dirty.value),
    save, merge, take, changeFiles, choose: (theirs: ReadonlySet<string>) => (choose(theirs), save()),
    /** Something else that this page did met a newer version. */
    clash: (found: Problem) => (conflict.value = found),
  }
}

export type Draft = ReturnType<typeof useDraft>
