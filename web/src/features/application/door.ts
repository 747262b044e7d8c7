/**
 * The door by which applications are reached: the applicant's own, or a counter's. An end has one of
 * them; the desk's counter sets its own as it is loaded.
 */
let base = '/api/v1/intake/applications'

export function reachApplicationsAt(address: string): void {
  base = address
}

export const applicationUrl = (id: string) => `${base}/${encodeURIComponent(id)}`
