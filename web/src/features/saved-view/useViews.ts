/** The views that somebody keeps, and which of them the address shows. */
import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useFetched } from '@/core/fetched'
import { useSession } from '@/core/session'
import { listViews, viewKeys, type Content, type SavedView } from './api'
import { contentOf, defaultOf, queryFor, shownView } from './model'

export function useViews(place: () => Content['place'], columns: () => Content['columns'], all: number) {
  const [route, router, session] = [useRoute(), useRouter(), useSession()]
  const may = computed(() => session.can('approval.view.keep'))
  const { value, refetch } = useFetched(() => viewKeys.all, listViews, { enabled: () => may.value })
  const views = computed<SavedView[]>(() => (Array.isArray(value.value) ? value.value : []))
  const now = computed(() => contentOf(place(), route.query, columns(), all))
  const to = (view: SavedView) => ({ name: view.content.place, query: queryFor(view.content) })

  // The list opens with the view chosen for it; whoever has chosen anything since, or takes the filters off, is let be.
  const came = route.fullPath
  const stop = watch(value, (loaded) => {
    if (loaded === undefined) return
    queueMicrotask(() => stop())
    const first = defaultOf(views.value, place())
    const bare = Object.keys(route.query).length === 0 && route.fullPath === came
    if (first && bare && Object.keys(to(first).query).length > 0) void router.replace(to(first))
  }, { immediate: true })

  return { may, views, now, current: computed(() => shownView(views.value, now.value)?.id ?? ''), to, refetch }
}
