/**
 * The door by which applications are reached: the applicant's own, a counter's, or an assistant's. The pages of
 * the desk that have another than the applicant's set theirs as they begin.
 */
let base = '/api/v1/intake/applications'

export function reachApplicationsAt(address: string): void {
  base = address
}

export const applicationUrl = (id: string) => `${base}/${encodeURIComponent(id)}`
