/** Divisions from the catalogue in the shape that forms ask for. */
import { api } from '@/core/http'
import type { Division, DivisionLevel, FormSources } from '@/form/environment'

const BASE = '/api/v1/catalogue/divisions'

interface DivisionRow {
  code: string
  name: string
  level: DivisionLevel
  is_leaf: boolean
}

const divisionOf = ({ code, name, level, is_leaf }: DivisionRow): Division => ({ code, name, level, leaf: is_leaf })

export const divisionSources: Pick<FormSources, 'children' | 'path'> = {
  children: async (parent) => (await api.get<{ items: DivisionRow[] }>(BASE, { query: { parent } })).items.map(divisionOf),
  path: async (code) => (await api.get<{ path: DivisionRow[] }>(`${BASE}/${code}`)).path.map(divisionOf),
}
