/** Where uploads of an end come from, so that the words of `UiUpload` fit: a kiosk has a scanner and no files. */
import type { InjectionKey } from 'vue'

export const UPLOAD_SOURCE: InjectionKey<'files' | 'scanner'> = Symbol('upload source')
