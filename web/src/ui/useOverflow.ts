import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Whether what a frame holds is wider than the frame: then the keyboard has to reach it to scroll. */
export function useOverflow(frame: Readonly<Ref<HTMLElement | null>>) {
  const overflows = ref(false)
  let observer: ResizeObserver | undefined
  onMounted(() => {
    const element = frame.value
    if (!element || typeof ResizeObserver === 'undefined') return
    observer = new ResizeObserver(() => {
      overflows.value = element.scrollWidth > element.clientWidth
    })
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return overflows
}
