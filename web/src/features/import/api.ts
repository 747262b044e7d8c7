/** Import of item lists. */
import type { Answer } from '@/api/answers'
import { upload } from '@/core/http'

export type RowNote = Answer<'RowNote'>
export type ImportReport = Answer<'ImportReport'>

export function takePackage(key: string, file: File, overwrite: boolean, dryRun: boolean): Promise<ImportReport> {
  const form = new FormData()
  form.set('overwrite', String(overwrite))
  form.set('dry_run', String(dryRun))
  form.set('file', file)
  return upload('/api/v1/catalogue/manage/packages', form, { key })
}

export function takeBaseList(key: string, file: File, publish: boolean, dryRun: boolean): Promise<ImportReport> {
  const form = new FormData()
  form.set('publish', String(publish))
  form.set('dry_run', String(dryRun))
  form.set('file', file)
  return upload('/api/v1/catalogue/manage/base-items/import', form, { key })
}

export function importItems(key: string, file: File, region: string, sample: boolean, dryRun: boolean): Promise<ImportReport> {
  const form = new FormData()
  form.set('region', region)
  form.set('sample', String(sample))
  form.set('dry_run', String(dryRun))
  form.set('file', file)
  return upload('/api/v1/catalogue/manage/import', form, { key })
}
