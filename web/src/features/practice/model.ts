/** Practice (模拟填报): files stay on this device, and nothing is sent. */
import { divisionSources } from '@/features/division/api'
import type { MaterialRequirement } from '@/features/item/types'
import type { FormSources } from '@/form/environment'
import type { SendFile, StoredFile } from '@/ui/files'

export const MAX_BYTES = 50 * 1024 * 1024

/** Takes a file without sending it anywhere. */
export function keepHere(known: Map<string, StoredFile>): SendFile {
  return (file, onProgress) => {
    const kept = { id: crypto.randomUUID(), name: file.name, size: file.size }
    known.set(kept.id, kept)
    onProgress(1)
    return Promise.resolve(kept)
  }
}

export function practiceSources(known: Map<string, StoredFile>): FormSources {
  return {
    ...divisionSources,
    table: () => Promise.reject(new Error('no code tables')),
    send: () => keepHere(known),
    file: (id) => known.get(id),
    max_bytes: MAX_BYTES,
  }
}

/** What an application could not be submitted without; the same rule as the server's. */
export const mustBeGiven = ({ necessity, waived, form }: Pick<MaterialRequirement, 'necessity' | 'waived' | 'form'>) =>
  necessity === 'required' && !waived && form !== 'paper'
