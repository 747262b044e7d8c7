/** All departments, with the names of their regions. */
import { computed } from 'vue'
import { useFetched } from '@/core/fetched'
import { allDepartments, departmentKeys, regionNames, type Department } from './api'

export interface RegionGroup {
  code: string
  name: string
  departments: Department[]
}

export function useDepartments() {
  const { value, pending, problem, refetch } = useFetched(() => departmentKeys.every, allDepartments)
  const regions = computed(() => [...new Set(value.value?.map((one) => one.region) ?? [])].toSorted())
  const names = useFetched(
    () => departmentKeys.regions(regions.value.join()),
    (signal) => regionNames(regions.value, signal),
    { enabled: () => regions.value.length > 0 },
  )
  const departments = computed(() => value.value ?? [])
  const nameOfRegion = (code: string) => names.value.value?.[code] ?? code
  const groups = computed<RegionGroup[]>(() =>
    regions.value.map((code) => ({
      code,
      name: nameOfRegion(code),
      departments: departments.value.filter((one) => one.region === code),
    })),
  )
  return { departments, groups, nameOfRegion, pending, problem, refetch: () => void refetch() }
}
