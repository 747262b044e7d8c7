/**
 * The time as the server sees it: office computers are often minutes off, and a term or a
 * session's end must not depend on them.
 */
let skewMs = 0

export function noteServerDate(header: string | null): void {
  const server = header === null ? Number.NaN : Date.parse(header)
  if (!Number.isNaN(server)) skewMs = server - Date.now()
}

export function serverNow(): Date {
  return serverTime(Date.now())
}

/** A moment of this computer's clock as the server's clock had it. */
export function serverTime(local: number): Date {
  return new Date(local + skewMs)
}
