/** Files as the upload component sees them. How they travel is the caller's business. */
export interface StoredFile {
  id: string
  name: string
  size?: number
}

/** Sends one file; reports its share done between 0 and 1. */
export type SendFile = (file: File, onProgress: (share: number) => void, signal: AbortSignal) => Promise<StoredFile>

/** Same endings as the server takes; jpg and jpeg are one. */
export function extensionOf(name: string): string {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return ending === 'jpeg' ? 'jpg' : ending
}
