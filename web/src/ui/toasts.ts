/** Short words after something succeeded; failures belong on the page, not here. */
import { readonly, ref } from 'vue'

const SHOWN_MS = 5000
let next = 0
const list = ref<{ id: number; text: string }[]>([])

export const toasts = readonly(list)

export function toast(text: string): void {
  const id = next++
  list.value.push({ id, text })
  setTimeout(() => {
    list.value = list.value.filter((entry) => entry.id !== id)
  }, SHOWN_MS)
}
