/** Imports: lists of items, packages of another installation, base catalogues. */
import type { Answer } from '@/api/answers'
import { upload } from '@/core/http'
import type { Trial } from './trial'

const BASE = '/api/v1/catalogue/manage'

export type RowNote = Answer<'RowNote'>
export type ImportReport = Answer<'ImportReport'>

function send(key: string, path: string, { file, dryRun }: Trial, more: Record<string, string>): Promise<ImportReport> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...more, dry_run: String(dryRun) })) form.set(name, value)
  form.set('file', file)
  return upload(`${BASE}/${path}`, form, { key })
}

export const takePackage = (key: string, trial: Trial) => send(key, 'packages', trial, { overwrite: String(trial.flag) })

export const takeBaseList = (key: string, trial: Trial) => send(key, 'base-items/import', trial, { publish: String(trial.flag) })

export const importItems = (key: string, trial: Trial, region: string) => send(key, 'import', trial, { region, sample: String(trial.flag) })
