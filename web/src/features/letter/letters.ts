/** Letters between applicant and office, as either side shows them. */

export interface LetterFile {
  id: string
  file_name: string
  size: number
}

export interface Letter {
  key: string
  /** Whether the reader's own side wrote it. */
  own: boolean
  author: string
  words: string
  at: string
  files: LetterFile[]
}

/** Sends words and files; resolves once the other side will get them. */
export type SendLetter = (key: string, form: FormData) => Promise<unknown>

/** Same bounds as the server. */
export const BOUNDS = { words: 2000, files: 5, bytes: 50 * 1024 * 1024, types: ['pdf', 'jpg', 'png', 'docx', 'xlsx', 'ofd'] } as const

export function letterForm(words: string, files: readonly File[]): FormData {
  const form = new FormData()
  form.set('words', words.trim())
  for (const file of files) form.append('file', file)
  return form
}

/** What is wrong with a letter, as a key of the texts. */
export function faultOf(words: string, files: readonly { size?: number }[], most: number = BOUNDS.words): 'missing' | 'long' | 'heavy' | undefined {
  if (words.trim() === '') return 'missing'
  if ([...words.trim()].length > most) return 'long'
  const bytes = files.reduce((sum, file) => sum + (file.size ?? 0), 0)
  return bytes > BOUNDS.bytes ? 'heavy' : undefined
}
