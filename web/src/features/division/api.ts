/** Divisions from the catalogue in the shape that forms ask for. */
import type { Answer } from '@/api/answers'
import { api } from '@/core/http'
import type { Division, FormSources } from '@/form/environment'

const BASE = '/api/v1/catalogue/divisions'

type DivisionRow = Answer<'DivisionView'>

const divisionOf = ({ code, name, level, is_leaf }: DivisionRow): Division => ({ code, name, level, leaf: is_leaf })

export const divisionSources: Pick<FormSources, 'children' | 'path'> = {
  children: async (parent) => (await api.get<Answer<'Listed_DivisionView'>>(BASE, { query: { parent } })).items.map(divisionOf),
  path: async (code) => (await api.get<Answer<'DivisionWay'>>(`${BASE}/${code}`)).path.map(divisionOf),
}
