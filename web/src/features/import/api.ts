/** Import of item lists. */
import { upload } from '@/core/http'

export interface RowNote {
  row: number
  code: string
  message: string
}

export interface ImportReport {
  dry_run: boolean
  imported: number
  updated: number
  unchanged: number
  merged: number
  departments: number
  warnings: RowNote[]
  rejected: RowNote[]
}

export function importItems(key: string, file: File, region: string, sample: boolean, dryRun: boolean): Promise<ImportReport> {
  const form = new FormData()
  form.set('region', region)
  form.set('sample', String(sample))
  form.set('dry_run', String(dryRun))
  form.set('file', file)
  return upload('/api/v1/catalogue/manage/import', form, { key })
}
