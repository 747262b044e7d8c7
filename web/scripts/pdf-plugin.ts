/**
 * The tables that pdf.js fetches while it draws: character maps for Chinese fonts that a PDF does
 * not carry, and decoders for scanned pages. They lie under a folder that carries the version.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'

const HOME = resolve('node_modules/pdfjs-dist')
const PARTS = { cmaps: /\.bcmap$/, wasm: /\.(?:wasm|js)$/ } as const

function version(): string {
  return (JSON.parse(readFileSync(resolve(HOME, 'package.json'), 'utf8')) as { version: string }).version
}

export function pdfTables(): Plugin {
  const prefix = `assets/pdfjs-${version()}`
  return {
    name: 'tongban-pdf-tables',
    configureServer(server) {
      server.middlewares.use(`/${prefix}`, (request, response, next) => {
        const file = resolve(HOME, `.${(request.url ?? '').split('?')[0] ?? ''}`)
        if (!file.startsWith(HOME) || !existsSync(file)) return next()
        if (file.endsWith('.js')) response.setHeader('content-type', 'text/javascript')
        response.end(readFileSync(file))
      })
    },
    generateBundle() {
      for (const [folder, kept] of Object.entries(PARTS)) {
        for (const name of readdirSync(resolve(HOME, folder)).filter((one) => kept.test(one))) {
          this.emitFile({ type: 'asset', fileName: `${prefix}/${folder}/${name}`, source: readFileSync(resolve(HOME, folder, name)) })
        }
      }
    },
  }
}
