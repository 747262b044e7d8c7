/**
 * Divisions, code tables and files that a form has met: loaded once, shared by its fields, and
 * known to its checks.
 */
import { shallowReactive } from 'vue'
import type { StoredFile } from '@/ui/files'
import type { Choice } from './document'
import type { Division, FormSources } from './environment'

export function makeLookups(sources: FormSources) {
  const tables = shallowReactive(new Map<string, readonly Choice[]>())
  const files = shallowReactive(new Map<string, StoredFile>())
  const paths = shallowReactive(new Map<string, Division[]>())
  const children = new Map<string, Promise<Division[]>>()

  /** Remembers a success; a failure may be tried again. */
  function once<T>(cache: Map<string, Promise<T>>, key: string, load: () => Promise<T>): Promise<T> {
    const running = cache.get(key) ?? load()
    cache.set(key, running)
    running.catch(() => cache.delete(key))
    return running
  }

  async function loadChildren(parent: string | undefined): Promise<Division[]> {
    const list = await once(children, parent ?? '', () => sources.children(parent))
    const above = parent === undefined ? [] : paths.get(parent)
    if (above) for (const one of list) paths.set(one.code, [...above, one])
    return list
  }

  async function loadPath(code: string): Promise<Division[]> {
    const known = paths.get(code) ?? (await sources.path(code))
    known.forEach((step, at) => paths.set(step.code, known.slice(0, at + 1)))
    return known
  }

  async function loadTable(name: string): Promise<void> {
    if (!tables.has(name)) tables.set(name, await sources.table(name))
  }

  return {
    tables,
    loadChildren,
    loadPath,
    loadTable,
    pathOf: (code: string) => paths.get(code),
    hasEntry: (table: string, value: string) => tables.get(table)?.some((entry) => entry.value === value),
    remember: (file: StoredFile) => files.set(file.id, file),
    file: (id: string): StoredFile => files.get(id) ?? sources.file(id) ?? { id, name: id },
  }
}

export type Lookups = ReturnType<typeof makeLookups>
