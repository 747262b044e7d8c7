/** Rules that the page shows before the server decides. */

const FEWEST_CHARACTERS = 10

export interface PasswordEntry {
  current: string
  next: string
  again: string
}

type Fault = 'current_missing' | 'short' | 'same' | 'differ'

export function passwordFaults({ current, next, again }: PasswordEntry): { field: keyof PasswordEntry; fault: Fault }[] {
  const faults: { field: keyof PasswordEntry; fault: Fault }[] = []
  if (current === '') faults.push({ field: 'current', fault: 'current_missing' })
  if ([...next].length < FEWEST_CHARACTERS) faults.push({ field: 'next', fault: 'short' })
  else if (next === current) faults.push({ field: 'next', fault: 'same' })
  if (again !== next) faults.push({ field: 'again', fault: 'differ' })
  return faults
}

/** 1:05 */
export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
