/** Runs a command on a case: the confirmation, the sending, what a conflict says, what comes after. */
import { computed, ref } from 'vue'
import { explainFields } from '@/core/errors'
import { dateTime } from '@/core/format'
import { useAction } from '@/core/http'
import { command, type CaseView } from './api'
import { dropDraft, dropNotes } from './desk-notes'
import type { Action } from './model'
import { t } from './text'

export function useCommand(view: () => CaseView | undefined, after: (done: Action, view: CaseView) => void, stale: () => void) {
  const asked = ref<Action>()
  // What the clerk saw when he asked: the page may be read anew behind the open dialog.
  let seen = 0
  const conflict = ref<{ title: string }>()
  const { run, busy, problem, clear } = useAction((key, id: string, path: string, body: object) => command(key, id, path, body))
  const failure = computed(() => (!problem.value || problem.value.status === 409 ? undefined : explainFields(problem.value)))

  function ask(action: Action) {
    clear()
    seen = view()?.version ?? 0
    asked.value = action
  }

  function close() {
    if (!busy.value) asked.value = undefined
  }

  async function confirm(body: object) {
    const [action, current] = [asked.value, view()]
    if (!action || !current) return
    conflict.value = undefined
    const next = await run(current.id, action.path, { version: seen, ...body })
    if (next) {
      asked.value = undefined
      if (action.goes_on) dropDraft(current.id, action.key)
      else dropNotes(current.id)
      after(action, next)
    } else if (problem.value?.status === 409) {
      // Somebody was faster: say who and when, show the new state, keep what was written.
      asked.value = undefined
      const { by, at } = problem.value.args
      conflict.value = {
        title: by && at ? t('conflict.title', { by, at: dateTime(at) }) : problem.value.detail || t('conflict.title_unknown'),
      }
      stale()
    }
  }

  return { asked, ask, close, confirm, busy, failure, conflict, forget: () => (conflict.value = undefined) }
}
