/** Finding an office by what somebody types: a part of its name, or initials of its pinyin in a row. */

export function isTypedAs(named: { name: string; short_name: string; initials: readonly string[] }, typed: string): boolean {
  const words = typed.trim().toLowerCase()
  if (words === '' || named.name.toLowerCase().includes(words) || named.short_name.toLowerCase().includes(words)) return true
  const letters = [...words]
  const fits = (from: number) => letters.every((letter, at) => named.initials[from + at]?.includes(letter) ?? false)
  return named.initials.some((_, from) => fits(from))
}
