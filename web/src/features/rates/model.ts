/** Per mille as people read it: 98.7%; nothing where nothing was counted. */
export function percent(mille: number | null | undefined): string | undefined {
  return mille === null || mille === undefined ? undefined : `${(mille / 10).toFixed(1)}%`
}
