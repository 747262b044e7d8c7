/** Answers by JSON Pointer. */
import { answerOf, isRecord, stepsOf, type Answers } from './document'

export function valueAt(answers: Answers, path: string): unknown {
  return stepsOf(path).reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(step)]
    return isRecord(value) ? answerOf(value, step) : undefined
  }, answers)
}

/** Sets in place; the rows on the way exist already, since their fields are on the page. */
export function setAt(answers: Answers, path: string, value: unknown): void {
  const steps = stepsOf(path)
  const last = steps.pop()
  const parent = valueAt(answers, steps.map((step) => `/${step}`).join(''))
  if (last !== undefined && isRecord(parent)) parent[last] = value
}
