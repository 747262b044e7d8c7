/// <reference types="vitest/config" />
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { ends } from './scripts/ends-plugin.ts'
import { pdfTables } from './scripts/pdf-plugin.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const SERVER = 'http://127.0.0.1:8080'

export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [vue(), ends(), pdfTables()],
  resolve: { alias: { '@': here('./src') } },
  define: {
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_PROD_DEVTOOLS__: false,
  },
  server: {
    port: 5173,
    // The host stays ours: the server refuses what seems to come from another site.
    proxy: { '/api': { target: SERVER, changeOrigin: false }, '/openapi.json': SERVER },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1000,
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'checks/**/*.test.ts'],
    setupFiles: ['checks/setup.ts'],
    restoreMocks: true,
  },
})
