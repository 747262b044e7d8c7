/** Where uploads of an end come from, and in what words: a kiosk has no files, and a scanner only where one is built in. */
import type { InjectionKey } from 'vue'

export interface UploadSource {
  /** Takes files in; none where nothing can be taken in. The browser's own file dialog never opens. */
  take: (() => Promise<File[]>) | undefined
  words: (key: 'lead' | 'take' | 'failed' | 'nowhere') => string
}

export const UPLOAD_SOURCE: InjectionKey<UploadSource> = Symbol('upload source')
