/** What a key of the on-screen keyboard does to the field that has the focus, as a real key would. */

export type Typed = HTMLInputElement | HTMLTextAreaElement

const TYPED = new Set(['text', 'search', 'tel', 'password', 'url', 'email'])

export const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const
export const SIGNS = ['-', '.', '@', '_'] as const

/** The field that can be typed into, where `target` is one. */
export function typedField(target: EventTarget | null): Typed | undefined {
  const isTyped = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TYPED.has(target.type))
  return isTyped && !target.readOnly && !target.disabled ? target : undefined
}

/** The place of the cursor; some kinds of fields have none and are typed at their end. */
function place(field: Typed): [number, number] {
  const end = field.value.length
  return [field.selectionStart ?? end, field.selectionEnd ?? end]
}

function change(field: Typed, value: string, cursor: number, inputType: string): void {
  field.value = value
  if (field.selectionStart !== null) field.setSelectionRange(cursor, cursor)
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }))
}

export function type(field: Typed, letter: string): void {
  const [from, to] = place(field)
  const longest = field.maxLength
  if (longest >= 0 && field.value.length - (to - from) >= longest) return
  change(field, field.value.slice(0, from) + letter + field.value.slice(to), from + letter.length, 'insertText')
}

export function erase(field: Typed): void {
  const [from, to] = place(field)
  const start = from === to ? Math.max(0, from - 1) : from
  change(field, field.value.slice(0, start) + field.value.slice(to), start, 'deleteContentBackward')
}

/** Enter: a field of a form hands the form in, a long text gets a new line. */
export function enter(field: Typed): void {
  if (field instanceof HTMLTextAreaElement) type(field, '\n')
  else field.form?.requestSubmit()
}
