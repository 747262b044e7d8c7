/** The files on their way: checked by type and size before they leave, with progress, cancel and retry. */
import { onScopeDispose, ref } from 'vue'
import { fileSize } from '@/core/format'
import { extensionOf, type SendFile, type StoredFile } from './files'
import { t } from './text'

export interface Limits {
  types: readonly string[]
  max_bytes: number
  max_files: number
}

export interface Sending {
  key: number
  name: string
  share: number
  error?: string
  /** Chosen together. */
  batch: number
  file: File
  stop: AbortController
}

export function useUploads(limits: () => Limits, present: () => number, send: SendFile, done: (file: StoredFile) => void) {
  const sending = ref<Sending[]>([])
  const refusals = ref<string[]>([])
  let next = 0
  let batches = 0

  function refusalOf(file: File, { types, max_bytes }: Limits): string | undefined {
    const { name } = file
    if (!types.includes(extensionOf(name))) return t('upload.wrong_type', { name, types: types.join(t('upload.separator')) })
    if (file.size === 0) return t('upload.empty_file', { name })
    if (file.size > max_bytes) return t('upload.too_large', { name, size: fileSize(max_bytes) })
    return undefined
  }

  function add(files: readonly File[]) {
    refusals.value = []
    const batch = batches++
    for (const file of files) {
      const refusal = refusalOf(file, limits())
      const room = limits().max_files - present() - sending.value.filter((entry) => !entry.error).length
      if (refusal !== undefined) refusals.value.push(refusal)
      else if (room <= 0) refusals.value.push(t('upload.too_many', { n: limits().max_files }))
      else void start(file, batch)
    }
    refusals.value = [...new Set(refusals.value)]
  }

  async function start(file: File, batch: number) {
    const key = next++
    sending.value.push({ key, name: file.name, share: 0, batch, file, stop: new AbortController() })
    const entry = sending.value.find((one) => one.key === key)
    if (!entry) return
    try {
      const stored = await send(file, (share) => (entry.share = share), entry.stop.signal)
      drop(key)
      // A later file made good what failed before it.
      sending.value = sending.value.filter((one) => !one.error || one.batch >= batch)
      done(stored)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') drop(key)
      else entry.error = error instanceof Error && error.message !== '' ? error.message : t('upload.failed')
    }
  }

  function drop(key: number) {
    sending.value = sending.value.filter((one) => one.key !== key)
  }

  function cancel(entry: Sending) {
    entry.stop.abort()
    drop(entry.key)
  }

  function retry(entry: Sending) {
    drop(entry.key)
    void start(entry.file, entry.batch)
  }

  function dismiss(refusal: string) {
    refusals.value = refusals.value.filter((one) => one !== refusal)
  }

  onScopeDispose(() => sending.value.forEach((entry) => entry.stop.abort()))
  return { sending, refusals, add, cancel, retry, dismiss }
}
