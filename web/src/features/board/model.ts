/** How figures compare, and where the districts of the city lie. */

/** Tiles of a cartogram: column and row of each district of Changsha, as the map lies. */
export const TILES: readonly { code: string; column: number; row: number }[] = [
  { code: '430112', column: 2, row: 1 },
  { code: '430105', column: 3, row: 1 },
  { code: '430121', column: 4, row: 1 },
  { code: '430182', column: 1, row: 2 },
  { code: '430104', column: 2, row: 2 },
  { code: '430102', column: 3, row: 2 },
  { code: '430111', column: 4, row: 2 },
  { code: '430181', column: 5, row: 2 },
  { code: '430103', column: 3, row: 3 },
]

/** Up, down or as yesterday. */
export function change(today: number, yesterday: number): { way: 'up' | 'down' | 'same'; by: number } {
  const by = today - yesterday
  return { way: by > 0 ? 'up' : by < 0 ? 'down' : 'same', by: Math.abs(by) }
}

/** One of five steps of shade: none for nothing. */
export function shade(value: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (value <= 0 || most <= 0) return 0
  return Math.min(4, Math.max(1, Math.ceil((value / most) * 4))) as 1 | 2 | 3 | 4
}

/** Width of a bar in percent; something is never invisible. */
export function width(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : Math.max(2, Math.round((value / most) * 100))
}
