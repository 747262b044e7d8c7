/**
 * The picture, read once and then streamed. Each message is the whole picture, so whoever was cut
 * off has caught up with the first one that comes.
 */
import { ref, watch } from 'vue'
import { useFetched } from '@/core/fetched'
import { useLive, type LiveOptions } from '@/core/live'
import { BOARD_KEY, LIVE, readBoard, type Board } from './api'

export function useBoard(open?: LiveOptions['open']) {
  const board = useFetched(() => BOARD_KEY, readBoard)
  /** When the newest picture came, by this screen's clock. */
  const heardAt = ref<Date>()
  const wasConnected = ref(false)
  const { connected } = useLive(LIVE, {
    on: {
      snapshot: (picture, cache) => {
        heardAt.value = new Date()
        cache.setQueryData(BOARD_KEY, picture as Board)
      },
    },
    after_gap: [BOARD_KEY],
    open,
  })
  watch(connected, (now) => (wasConnected.value ||= now))
  watch(board.value, (picture) => (heardAt.value ??= picture ? new Date() : undefined), { immediate: true })
  return { board, connected, wasConnected, heardAt }
}
