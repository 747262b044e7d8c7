/** The choice of a division, one level after the other, each fetched when its parent is chosen. */
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { depthBeyond } from '../choice'
import type { DivisionAnswer, DivisionField } from '../document'
import type { Division } from '../environment'
import type { Lookups } from '../lookups'

export function useCascade(field: DivisionField, value: Ref<DivisionAnswer | undefined>, lookups: Lookups) {
  /** What lies above the first select: given by `within`. */
  const above = shallowRef<Division[]>([])
  const chosen = shallowRef<Division[]>([])
  const lists = shallowRef<Division[][]>([])
  const failed = ref(false)
  const busy = ref(false)

  const levels = computed(() =>
    lists.value.map((options, at) => ({ at, options, level: options[0]?.level ?? 'province', code: chosen.value[at]?.code ?? '' })),
  )

  async function guarded(work: () => Promise<void>) {
    failed.value = false
    busy.value = true
    try {
      await work()
    } catch {
      failed.value = true
    } finally {
      busy.value = false
    }
  }

  const mayGoDeeper = (division: Division | undefined) =>
    division === undefined || (!division.leaf && depthBeyond(division.level, field.depth) < 0)

  /** Loads the lists for a way down from `above`. */
  async function listsFor(way: readonly Division[]): Promise<Division[][]> {
    const parents = [above.value.at(-1), ...way].filter((parent, at) => at === 0 || mayGoDeeper(parent))
    return Promise.all(parents.map((parent) => lookups.loadChildren(parent?.code)))
  }

  const start = () =>
    guarded(async () => {
      above.value = field.within === undefined ? [] : await lookups.loadPath(field.within)
      const code = value.value?.code
      const path = code === undefined || code === '' ? [] : await lookups.loadPath(code)
      chosen.value = path.slice(above.value.length)
      lists.value = await listsFor(chosen.value)
    })

  const choose = (at: number, code: string) =>
    guarded(async () => {
      const division = lists.value[at]?.find((one) => one.code === code)
      chosen.value = [...chosen.value.slice(0, at), ...(division ? [division] : [])]
      lists.value = lists.value.slice(0, at + 1)
      const path = [...above.value, ...chosen.value]
      const last = chosen.value.at(-1)
      // Saved at every level: a half-chosen address is kept in the draft too.
      value.value = last ? { code: last.code, names: path.map((step) => step.name) } : undefined
      if (division && mayGoDeeper(division)) lists.value = await listsFor(chosen.value)
    })

  watch(value, (next) => {
    if (next?.code !== undefined && next.code !== chosen.value.at(-1)?.code) void start()
  })
  void start()

  return { levels, failed, busy, choose, retry: start }
}
