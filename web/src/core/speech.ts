/** Reads a page aloud where the device can. */
import { onScopeDispose, ref } from 'vue'
import { locale } from './i18n'

export function useSpeech() {
  const able = typeof window !== 'undefined' && 'speechSynthesis' in window
  const speaking = ref(false)

  function stop() {
    if (able) window.speechSynthesis.cancel()
    speaking.value = false
  }

  function read(text: string) {
    if (!able) return
    stop()
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.lang = locale.value
    utterance.rate = 0.9
    utterance.addEventListener('end', () => (speaking.value = false))
    utterance.addEventListener('error', () => (speaking.value = false))
    speaking.value = true
    window.speechSynthesis.speak(utterance)
  }

  onScopeDispose(stop)
  return { able, speaking, read, stop }
}
