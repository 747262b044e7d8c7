/** What a correction may touch: the listed fields, all below them, and what hangs on them. */
import { pointer, type Field, type FormDocument } from './document'

/** Whether a path is one of the listed ones or lies below one. */
export function covers(listed: readonly string[], path: string): boolean {
  return listed.some((allowed) => path === allowed || path.startsWith(`${allowed}/`))
}

/** Whether a group has something editable in it. */
export function reaches(editable: readonly string[], path: string): boolean {
  return covers(editable, path) || editable.some((allowed) => allowed.startsWith(`${path}/`))
}

/** The listed paths and those of the fields whose visibility hangs on them. */
export function editablePaths(document: FormDocument, listed: readonly string[]): string[] {
  const editable = [...listed]
  const walk = (fields: readonly Field[], path: string) => {
    for (const field of fields) {
      const on = field.visible_when?.field
      if (on !== undefined && covers(editable, pointer(path, on))) editable.push(pointer(path, field.key))
    }
  }
  walk(document.sections.flatMap((section) => section.fields), '')
  for (const field of document.sections.flatMap((section) => section.fields)) {
    if (field.kind !== 'repeat') continue
    const rows = new Set(listed.map((path) => new RegExp(`^/${field.key}/(\\d+)`).exec(path)?.[1]))
    for (const row of rows) if (row !== undefined) walk(field.fields, pointer(pointer('', field.key), row))
  }
  return editable
}
