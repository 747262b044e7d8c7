/** Departments for administrators. */
import type { Answer } from '@/api/answers'
import { api, type Page } from '@/core/http'

export type Department = Answer<'DepartmentView'>
export type DepartmentFields = Omit<Department, 'id' | 'code' | 'initials' | 'version' | 'items'>

const LIST = '/api/v1/catalogue/departments'
const MANAGE = '/api/v1/catalogue/manage/departments'
/** A city has some hundred departments; beyond this the tree would be of no use. */
const MOST_PAGES = 20

export const departmentKeys = { all: ['department'] as const, every: ['department', 'every'] as const, regions: (codes: string) => ['department', 'regions', codes] as const }

/** All departments, page after page: the tree and the choices need every one. */
export async function allDepartments(signal: AbortSignal): Promise<Department[]> {
  const found: Department[] = []
  let cursor: string | undefined
  for (let n = 0; n < MOST_PAGES; n++) {
    const page = await api.get<Page<Department>>(LIST, { query: { cursor, limit: 100 }, signal })
    found.push(...page.items)
    if (!page.next_cursor) break
    cursor = page.next_cursor
  }
  return found
}

/** Names of regions by code; a region that nobody knows keeps its code. */
export async function regionNames(codes: readonly string[], signal: AbortSignal): Promise<Record<string, string>> {
  const named = await Promise.all(
    codes.map(async (code) => {
      const name = await api
        .get<Answer<'DivisionWay'>>(`/api/v1/catalogue/divisions/${code.padEnd(6, '0')}`, { signal })
        .then((found) => found.name)
        .catch(() => code)
      return [code, name] as const
    }),
  )
  return Object.fromEntries(named)
}

export const createDepartment = (key: string, code: string, fields: DepartmentFields) =>
  api.post<Department>(MANAGE, { code, ...fields }, { key })

export const saveDepartment = (code: string, version: number, fields: DepartmentFields) =>
  api.put<Department>(`${MANAGE}/${encodeURIComponent(code)}`, { version, ...fields })
