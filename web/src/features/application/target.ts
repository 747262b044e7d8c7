import type { Step } from './tasks'

/** Where in the application somebody wants to go. */
export interface Target {
  step: Step
  section?: string
  /** Answer whose section is meant. */
  path?: string
  /** Element to focus there. */
  focus?: string
}
