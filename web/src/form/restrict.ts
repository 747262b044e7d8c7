/**
 * What a correction may touch: the listed places, all below them, and what hangs on them, in rows
 * of rows too; the twin of the engine's `restrict`.
 */
import { pointer, stepsOf, type Field, type FormDocument } from './document'

/** Whether a path is one of the listed ones or lies below one. */
export function covers(listed: readonly string[], path: string): boolean {
  return listed.some((allowed) => path === allowed || path.startsWith(`${allowed}/`))
}

/** The form itself or one row of a group. */
interface Level {
  fields: readonly Field[]
  path: string
  outer?: Level
  /** All of it may be changed. */
  open: boolean
}

export interface Restriction {
  /** Whether a place may be changed. */
  mayEdit: (path: string) => boolean
  /** Whether a place or something in it may be changed. */
  reaches: (path: string) => boolean
}

export function restrictTo(document: FormDocument, listed: readonly string[]): Restriction {
  const top: Level = { fields: document.sections.flatMap((section) => section.fields), path: '', open: false }

  function isOpen(level: Level, field: Field): boolean {
    const on = field.visible_when?.field
    return level.open || covers(listed, pointer(level.path, field.key)) || (on !== undefined && isOpenAbove(level, on))
  }

  /** Whether the field that a condition names, in this row or outside it, may be changed. */
  function isOpenAbove(level: Level | undefined, key: string): boolean {
    if (!level) return false
    const field = level.fields.find((one) => one.key === key)
    return field ? isOpen(level, field) : isOpenAbove(level.outer, key)
  }

  /** The level that a path ends in, with its field; without one the path ends at a row. */
  function find(path: string): { level: Level; field?: Field } {
    const steps = stepsOf(path)
    let level = top
    for (let at = 0; at < steps.length; at += 2) {
      const field = level.fields.find((one) => one.key === steps[at])
      const row = steps[at + 1]
      if (field?.kind !== 'repeat' || row === undefined) return { level, field }
      const rowPath = pointer(pointer(level.path, field.key), row)
      level = { fields: field.fields, path: rowPath, outer: level, open: isOpen(level, field) || covers(listed, rowPath) }
    }
    return { level }
  }

  function mayEdit(path: string): boolean {
    const { level, field } = find(path)
    return field ? isOpen(level, field) : level.open || covers(listed, path)
  }

  /** Whether rows of a group have something that hangs on an open field outside them. */
  function hangs(level: Level, group: readonly Field[], inner: ReadonlySet<string>): boolean {
    const known = new Set([...inner, ...group.map((one) => one.key)])
    return group.some((one) => {
      const on = one.visible_when?.field
      if (on !== undefined && !known.has(on) && isOpenAbove(level, on)) return true
      return one.kind === 'repeat' && hangs(level, one.fields, known)
    })
  }

  function reaches(path: string): boolean {
    if (mayEdit(path) || listed.some((allowed) => allowed.startsWith(`${path}/`))) return true
    const { level, field } = find(path)
    return field?.kind === 'repeat' && hangs(level, field.fields, new Set())
  }

  return { mayEdit, reaches }
}
