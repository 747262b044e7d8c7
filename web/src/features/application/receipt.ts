/** The query password, shown once: kept in memory until the page is left, never stored. */
import { shallowRef } from 'vue'

export const receipt = shallowRef<{ id: string; password: string }>()
