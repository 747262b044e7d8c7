/** What a form asks of its surroundings; the page hands it to `useForm`. The form never fetches. */
import type { SendFile, StoredFile } from '@/ui/files'
import type { Choice } from './document'

export type DivisionLevel = 'province' | 'city' | 'district' | 'town' | 'community'

export interface Division {
  code: string
  name: string
  level: DivisionLevel
  /** Nothing lies below it. */
  leaf: boolean
}

export interface FormSources {
  /** Divisions directly below a code; the provinces for none. */
  children: (parent: string | undefined) => Promise<Division[]>
  /** A division with all that it lies in, widest first. */
  path: (code: string) => Promise<Division[]>
  /** The entries of a code table. */
  table: (name: string) => Promise<Choice[]>
  /** Sends a file for the attachment field at this path. */
  send: (path: string) => SendFile
  /** What is known of an uploaded file. */
  file: (id: string) => StoredFile | undefined
  open?: (file: StoredFile) => void
  max_bytes: number
}

/** What the checks may know. What is not known here is left to the server. */
export interface Env {
  /** 2026-11-22 */
  today: string
  /** The way to a division, widest first; `null`: there is none; `undefined`: not known here. */
  division?: (code: string) => Division[] | null | undefined
  /** Whether a table has a value; `undefined`: not known here. */
  has_entry?: (table: string, value: string) => boolean | undefined
}
