/** What the form of an application asks of its surroundings. */
import { divisionSources } from '@/features/division/api'
import { stepsOf } from '@/form/document'
import type { FormSources } from '@/form/environment'
import { materialUrl, sendMaterial } from './api'
import type { Application, MaterialFile } from './types'

export const MAX_BYTES = 50 * 1024 * 1024
export const MAX_FILES = 20

export function sourcesFor(application: Application): FormSources {
  const known = new Map<string, MaterialFile>(application.attachments.map((file) => [file.id, file]))
  return {
    ...divisionSources,
    // The catalogue has no code tables yet: an item brings its options with it.
    table: () => Promise.reject(new Error('no code tables')),
    send: (path) => sendMaterial(application.id, `form.${stepsOf(path)[0] ?? ''}`, (file) => known.set(file.id, file)),
    file: (id) => {
      const file = known.get(id)
      return file && { id: file.id, name: file.file_name, size: file.size }
    },
    open: (file) => openFile(materialUrl(application.id, file.id)),
    max_bytes: MAX_BYTES,
  }
}

/** As a link would: an end that opens no windows hears of it. */
export function openFile(url: string): void {
  const link = Object.assign(document.createElement('a'), { href: url, target: '_blank', rel: 'noopener' })
  document.body.append(link)
  link.click()
  link.remove()
}
