/**
 * The document scanner of a kiosk. A real one comes with a driver that the kiosk's own shell puts into
 * the page before it begins; it keeps no copies. Without one nothing is taken in here: the file dialog of
 * the system would show the papers of those before.
 */
import type { UploadSource } from '@/ui/upload-source'
import { t } from './text'

export interface ScanDriver {
  /** Resolves with what was scanned, one file a document. */
  scan: () => Promise<File[]>
}

declare global {
  interface Window {
    tongbanScanner?: ScanDriver
  }
}

export function scannerSource(): UploadSource {
  const scanner = window.tongbanScanner
  return {
    take: scanner && (() => scanner.scan()),
    words: (key) => t(key === 'lead' ? (scanner ? 'scan.lead' : 'scan.lead_nowhere') : `scan.${key}`),
  }
}
