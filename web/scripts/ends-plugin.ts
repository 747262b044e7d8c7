/**
 * One HTML entry per end: `index/portal.html` is served and built as `/`, every other
 * `index/<end>.html` as `/<end>/`, with the history fallback of its prefix in development.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'

const HOME_END = 'portal'

function endOf(url: string): string {
  const first = url.split(/[/?#]/)[1] ?? ''
  return first !== '' && existsSync(resolve('index', `${first}.html`)) ? first : HOME_END
}

export function ends(): Plugin {
  const names = readdirSync(resolve('index')).map((file) => file.replace(/\.html$/, ''))
  return {
    name: 'tongban-ends',
    config: () => ({
      appType: 'custom',
      build: {
        rollupOptions: {
          input: Object.fromEntries(names.map((name) => [name, resolve('index', `${name}.html`)])),
        },
      },
    }),
    configureServer(server) {
      return () => {
        server.middlewares.use((request, response, next) => {
          const url = request.originalUrl ?? '/'
          if (request.method !== 'GET' || !(request.headers.accept ?? '').includes('text/html')) return next()
          const file = resolve('index', `${endOf(url)}.html`)
          server
            .transformIndexHtml(url, readFileSync(file, 'utf8'))
            .then((html) => {
              response.setHeader('content-type', 'text/html; charset=utf-8')
              response.end(html)
            })
            .catch(next)
        })
      }
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const name of names) {
          const asset = bundle[`index/${name}.html`]
          if (asset?.type !== 'asset') continue
          this.emitFile({
            type: 'asset',
            fileName: name === HOME_END ? 'index.html' : `${name}/index.html`,
            source: asset.source,
          })
          delete bundle[`index/${name}.html`]
        }
      },
    },
  }
}
