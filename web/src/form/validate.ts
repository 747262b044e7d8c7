/** The judge: walks the answers beside the document, as the server does when a form is handed in. */
import {
  answerOf, DEFAULT_MAX_ROWS, isRecord, pointer, type Answers, type Field, type FormDocument, type RepeatField,
} from './document'
import type { Env } from './environment'
import { problemOf, refuse, type FieldProblem } from './refusal'
import { isBlank, normalise } from './value'
import { Scope, standingOf } from './visibility'

export interface Judgement {
  /** Normal form; complete only where there are no problems. */
  answers: Answers
  problems: FieldProblem[]
  /** Paths of all fields that are shown. */
  shown: Set<string>
}

export function validate(document: FormDocument, answers: Answers, env: Env): Judgement {
  const judgement: Judgement = { answers: {}, problems: [], shown: new Set() }
  const fields = document.sections.flatMap((section) => section.fields)
  judgement.answers = row(fields, answers, '', undefined, env, judgement)
  return judgement
}

function row(
  fields: readonly Field[],
  answers: Answers,
  path: string,
  outer: Scope | undefined,
  env: Env,
  out: Judgement,
): Answers {
  const scope = new Scope(outer)
  const normal: Answers = {}
  for (const field of fields) {
    const at = pointer(path, field.key)
    const shown = scope.shows(field.visible_when)
    let kept: unknown
    if (shown) {
      out.shown.add(at)
      kept = judged(field, answerOf(answers, field.key), at, scope, env, out)
    }
    scope.pass(field.key, standingOf(field, kept, shown))
    if (kept !== undefined) normal[field.key] = kept
  }
  for (const key of Object.keys(answers)) {
    if (fields.some((field) => field.key === key)) continue
    out.problems.push({ path: pointer(path, key), code: 'form.unknown_field', args: {} })
  }
  return normal
}

function judged(field: Field, raw: unknown, path: string, scope: Scope, env: Env, out: Judgement): unknown {
  if (isBlank(field, raw)) {
    if (field.required) out.problems.push(problemOf(field, path, refuse('form.required')))
    return undefined
  }
  if (field.kind === 'repeat') return rows(field, raw, path, scope, env, out)
  const result = normalise(field, raw, env)
  if ('value' in result) return result.value
  out.problems.push(problemOf(field, path, result))
  return undefined
}

function rows(field: RepeatField, raw: unknown, path: string, scope: Scope, env: Env, out: Judgement): unknown {
  if (!Array.isArray(raw)) {
    out.problems.push(problemOf(field, path, refuse('form.type')))
    return undefined
  }
  const max = field.max_rows ?? DEFAULT_MAX_ROWS
  if (raw.length > max) {
    out.problems.push(problemOf(field, path, refuse('form.too_many', { max })))
    return undefined
  }
  if (raw.length < (field.min_rows ?? 0)) {
    out.problems.push(problemOf(field, path, refuse('form.too_few', { min: field.min_rows ?? 0 })))
  }
  const normal: Answers[] = []
  raw.forEach((item: unknown, index) => {
    const at = pointer(path, index)
    if (isRecord(item)) normal.push(row(field.fields, item, at, scope, env, out))
    else out.problems.push(problemOf(field, at, refuse('form.type')))
  })
  return normal
}
