/**
 * One action of the user (submit, accept, decide) and its state. While the outcome of the last
 * try is unknown, the same input is sent with the same idempotency key, so that pressing the
 * button again can never do the thing twice.
 */
import { readonly, ref, shallowRef } from 'vue'
import { newKey } from './api'
import { asProblem, type Problem } from './problem'

export function useAction<A extends unknown[], R>(perform: (key: string, ...input: A) => Promise<R>) {
  const busy = ref(false)
  const problem = shallowRef<Problem>()
  let pending: { key: string; input: string } | undefined

  /** Runs once; resolves to `undefined` when it failed (see `problem`) or is already running. */
  async function run(...input: A): Promise<R | undefined> {
    if (busy.value) return undefined
    const print = JSON.stringify(input)
    if (pending?.input !== print) pending = { key: newKey(), input: print }
    busy.value = true
    problem.value = undefined
    try {
      const result = await perform(pending.key, ...input)
      pending = undefined
      return result
    } catch (error) {
      problem.value = asProblem(error)
      if (!problem.value.outcomeUnknown) pending = undefined
      return undefined
    } finally {
      busy.value = false
    }
  }

  function clear() {
    problem.value = undefined
  }

  return { run, clear, busy: readonly(busy), problem }
}
