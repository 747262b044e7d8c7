/**
 * The PDF engine, fetched when the first PDF is opened. The build for older browsers is used,
 * since offices keep them for long.
 */
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { locale } from '@/core/i18n'

const WORKER = new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url)

export interface OpenPdf {
  document: PDFDocumentProxy
  close: () => void
}

export async function openPdf(url: string): Promise<OpenPdf> {
  const pdf = await import('pdfjs-dist/legacy/build/pdf.mjs')
  pdf.GlobalWorkerOptions.workerSrc = WORKER.href
  const tables = `/assets/pdfjs-${pdf.version}`
  const task = pdf.getDocument({
    url,
    httpHeaders: { 'accept-language': locale.value },
    cMapUrl: `${tables}/cmaps/`,
    wasmUrl: `${tables}/wasm/`,
    useSystemFonts: true,
    // The whole file at once: a material is bounded, and ranges would ask the server many times.
    disableRange: true,
    disableStream: true,
  })
  return { document: await task.promise, close: () => void task.destroy() }
}
