/** Multipart upload with progress: the one place that needs XMLHttpRequest. */
import { locale } from '../i18n'
import { BACKGROUND, newKey, report, sending } from './api'
import { Problem } from './problem'

export interface UploadOptions {
  onProgress?: (share: number) => void
  signal?: AbortSignal
  key?: string
}

export function upload<T>(path: string, form: FormData, options: UploadOptions = {}): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    const sent = sending()
    xhr.open('POST', path)
    xhr.setRequestHeader('accept', 'application/json')
    xhr.setRequestHeader('accept-language', locale.value)
    xhr.setRequestHeader('idempotency-key', options.key ?? newKey())
    if (sent.background) xhr.setRequestHeader(BACKGROUND, '1')
    xhr.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) options.onProgress?.(event.loaded / event.total)
    })
    xhr.addEventListener('load', () => {
      sent.answered(xhr.status, xhr.getResponseHeader('date'))
      if (xhr.status >= 200 && xhr.status < 300) {
        resolve((xhr.responseText === '' ? undefined : JSON.parse(xhr.responseText)) as T)
      } else {
        reject(report(Problem.fromText(xhr.responseText, xhr.status, xhr.getResponseHeader('x-request-id'))))
      }
    })
    xhr.addEventListener('error', () => reject(Problem.unreachable(undefined)))
    xhr.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    options.signal?.addEventListener('abort', () => xhr.abort())
    xhr.send(form)
  })
}
