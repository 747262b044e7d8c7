/** What is still missing of the other of the two. */
import type { Entered } from './api'
import { t } from './text'

export const isWhole = (entered: Entered): boolean => Object.values(entered).every((one) => one.trim() !== '')

/** Said once somebody has tried to go on. */
export const missing = (entered: Entered, key: keyof Entered, attempt: number): string | undefined =>
  attempt > 0 && entered[key].trim() === '' ? t('dialog.missing') : undefined
