/** Saving, submitting and withdrawing the item in hand, with what can go wrong told in its place. */
import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef, watch } from 'vue'
import { explain } from '@/core/errors'
import { dateTime } from '@/core/format'
import { useAction, type Problem } from '@/core/http'
import { toast } from '@/ui/toasts'
import { itemKeys, saveItem, withdrawItem, type ItemDraft, type ItemSaved } from './api'
import { reviewKeys } from './review-api'
import { t } from './text'
import type { ItemEditor } from './useItemEditor'

export function useItemWork(draft: () => ItemDraft | undefined, editor: () => ItemEditor | undefined) {
  const cache = useQueryClient()
  /** Where the item stands after one's own changes; the page keeps what was typed. */
  const standing = shallowRef<ItemSaved>()
  /** The version that came into the editor: what somebody else saves meanwhile is not written over unseen. */
  const edited = ref(0)
  watch(editor, () => (edited.value = draft()?.version ?? 0), { immediate: true, flush: 'sync' })
  const version = computed(() => Math.max(standing.value?.version ?? 0, edited.value))
  const saving = useAction((_key, code: string, at: number, item: Record<string, unknown>) => saveItem(code, at, item))
  const submitting = shallowRef<Problem>()
  const withdrawing = useAction(withdrawItem)
  const problem = computed(() => saving.problem.value ?? submitting.value ?? withdrawing.problem.value)
  const conflict = computed(() => {
    const found = problem.value
    if (found?.status !== 409 || !found.args.by || !found.args.at) return undefined
    return t('edit.conflict', { by: found.args.by, at: dateTime(found.args.at) })
  })
  const failure = computed(() => (problem.value && !conflict.value && problem.value.fields.length === 0 ? explain(problem.value) : undefined))

  function clear() {
    for (const one of [saving, withdrawing]) one.clear()
    submitting.value = undefined
  }

  function settle(result: ItemSaved | undefined, fault: Problem | undefined, words: string): boolean {
    if (!result) {
      editor()?.takeFaults(fault?.fields ?? [])
      return false
    }
    standing.value = result
    editor()?.takeFaults([])
    toast(words)
    void cache.invalidateQueries({ queryKey: itemKeys.all })
    return true
  }

  async function save(): Promise<boolean> {
    const [now, made] = [draft(), editor()]
    if (!now || !made) return false
    clear()
    if (!made.check()) return false
    const revision = made.revision.value
    const done = await saving.run(now.code, version.value, made.draft())
    if (done) made.markSaved(revision)
    return settle(done, saving.problem.value, t('edit.saved'))
  }

  /** What stood against submitting it: faults in their places, or who was faster. */
  function refused(fault: Problem) {
    clear()
    submitting.value = fault
    editor()?.takeFaults(fault.fields)
  }

  function submitted() {
    clear()
    editor()?.takeFaults([])
    toast(t('review.submitted_done'))
    void cache.invalidateQueries({ queryKey: itemKeys.all })
    void cache.invalidateQueries({ queryKey: reviewKeys.all })
  }

  async function withdraw(reason: string): Promise<boolean> {
    const now = draft()
    if (!now) return false
    clear()
    const done = await withdrawing.run(now.code, version.value, reason)
    return settle(done, withdrawing.problem.value, t('edit.withdrawn'))
  }

  const busy = computed(() => saving.busy.value || withdrawing.busy.value)
  return { save, refused, submitted, withdraw, version, busy, failure, conflict, standing, forget: () => { standing.value = undefined; clear() } }
}
