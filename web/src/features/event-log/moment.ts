/** A day and a time on the office's clock (UTC+8, no summer time) as an instant; none where they are no time. */
export function officeMoment(day: string, time: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time.trim())) return undefined
  const instant = new Date(`${day}T${time.trim()}:00+08:00`)
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString()
}
