/** Whose power it is, how it is handled and where people find it: the national list, section by section. */
import type { Answers } from '@/form/document'
import type { Group, Spec } from './specs'

const whole = (key: 'authority' | 'handling' | 'links', fields: readonly Spec[]): Spec => ({
  kind: 'record', key, name: key, always: true, fields: () => fields, blank: (): Answers => ({}),
})

const QUOTA: readonly Spec[] = [
  { kind: 'int', key: 'number', name: 'quota_number' },
  { kind: 'text', key: 'note', name: 'quota_note' },
]

const AUTHORITY: readonly Spec[] = [
  { kind: 'choice', key: 'nature', name: 'nature', choices: 'nature', optional: true },
  { kind: 'choice', key: 'level', name: 'level', choices: 'level', help: 'level', optional: true },
  { kind: 'choice', key: 'source', name: 'power_source', choices: 'power_source', optional: true },
  { kind: 'choice', key: 'scope', name: 'scope', choices: 'scope' },
  { kind: 'text', key: 'delegated_by', name: 'delegated_by', help: 'delegated_by' },
  { kind: 'lines', key: 'joint_offices', name: 'joint_offices', help: 'lines' },
  { kind: 'record', key: 'quota', name: 'quota', help: 'quota', fields: () => QUOTA, blank: () => ({ number: 1, note: '' }), optional: true },
]

const ADDRESS: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'address_name' },
  { kind: 'text', key: 'url', name: 'url' },
]

const INTERMEDIARY: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'intermediary_name' },
  { kind: 'text', key: 'provider', name: 'provider' },
  { kind: 'long', key: 'basis', name: 'basis' },
  { kind: 'text', key: 'fee', name: 'intermediary_fee' },
]

const INSPECTION: readonly Spec[] = [
  { kind: 'text', key: 'period', name: 'inspection_period' },
  { kind: 'long', key: 'requirement', name: 'inspection_requirement' },
  { kind: 'long', key: 'basis', name: 'basis' },
]

const CO_APPLICANTS: readonly Spec[] = [
  { kind: 'text', key: 'role', name: 'co_role', help: 'co_role' },
  { kind: 'int', key: 'min', name: 'co_min', help: 'co_min' },
  { kind: 'int', key: 'max', name: 'co_max' },
  { kind: 'term', key: 'term', name: 'co_term', help: 'co_term', optional: true },
]

const PLACES_ELSEWHERE: readonly Spec[] = [
  { kind: 'text', key: 'division', name: 'cross_division', help: 'cross_division' },
  { kind: 'text', key: 'name', name: 'cross_place', help: 'cross_place' },
  { kind: 'text', key: 'address', name: 'cross_address' },
  { kind: 'text', key: 'phone', name: 'cross_phone' },
]

const CROSS_REGION: readonly Spec[] = [
  { kind: 'choices', key: 'modes', name: 'cross_modes', choices: 'cross_modes' },
  { kind: 'choice', key: 'results', name: 'cross_results', choices: 'cross_results' },
  {
    kind: 'rows', key: 'places', name: 'cross_places', title: 'name', help: 'cross_places', fields: () => PLACES_ELSEWHERE,
    blank: () => ({ division: '', name: '', address: '', phone: '' }),
  },
]

const HANDLING: readonly Spec[] = [
  { kind: 'choices', key: 'ways', name: 'ways', choices: 'ways', section: 'apply' },
  { kind: 'long', key: 'visit_reason', name: 'visit_reason', help: 'visit_reason' },
  { kind: 'long', key: 'process', name: 'process' },
  { kind: 'flag', key: 'proxy', name: 'proxy' },
  {
    kind: 'record', key: 'co_applicants', name: 'co_applicants', help: 'co_applicants', fields: () => CO_APPLICANTS,
    blank: () => ({ min: 1, max: 5, role: '' }), optional: true,
  },
  { kind: 'int', key: 'batch_rows', name: 'batch_rows', help: 'batch_rows', optional: true },
  {
    kind: 'record', key: 'cross_region', name: 'cross_region', help: 'cross_region', fields: () => CROSS_REGION,
    blank: () => ({ modes: ['online'], places: [], results: 'counter' }), optional: true,
  },
  { kind: 'flag', key: 'appointment', name: 'appointment' },
  { kind: 'flag', key: 'self_service', name: 'self_service' },
  { kind: 'flag', key: 'in_hall', name: 'in_hall' },
  {
    kind: 'rows', key: 'addresses', name: 'addresses', title: 'name', help: 'addresses', fields: () => ADDRESS, blank: () => ({ name: '', url: 'https://' }),
  },
  { kind: 'choice', key: 'examination', name: 'examination', choices: 'examination', section: 'examine', optional: true },
  { kind: 'choice', key: 'front_desk', name: 'front_desk', choices: 'front_desk' },
  { kind: 'choice', key: 'system', name: 'system', choices: 'system' },
  { kind: 'choices', key: 'delivery', name: 'delivery', choices: 'delivery', section: 'finish' },
  { kind: 'choice', key: 'fee_gate', name: 'fee_gate', choices: 'fee_gate', help: 'fee_gate', optional: true },
  { kind: 'flag', key: 'online_payment', name: 'online_payment' },
  {
    kind: 'record', key: 'annual_inspection', name: 'annual_inspection', fields: () => INSPECTION,
    blank: () => ({ period: '', requirement: '', basis: '' }), optional: true,
  },
  {
    kind: 'rows', key: 'intermediaries', name: 'intermediaries', title: 'name', section: 'others', fields: () => INTERMEDIARY,
    blank: () => ({ name: '', provider: '', basis: '', fee: '' }),
  },
]

const LINKS: readonly Spec[] = [
  { kind: 'lines', key: 'life_events', name: 'life_events', help: 'lines' },
  { kind: 'lines', key: 'industries', name: 'industries', help: 'lines' },
  { kind: 'lines', key: 'occupations', name: 'occupations', help: 'lines' },
  { kind: 'lines', key: 'green_channels', name: 'green_channels', help: 'green_channels' },
  { kind: 'lines', key: 'topics', name: 'topics', help: 'topics' },
  { kind: 'items', key: 'preceding', name: 'preceding', help: 'preceding', section: 'neighbours' },
  { kind: 'items', key: 'following', name: 'following', help: 'following' },
]

export const authorityGroup: Group = { key: 'authority', specs: [whole('authority', AUTHORITY)] }
export const handlingRecord: Spec = whole('handling', HANDLING)
export const linksGroup: Group = {
  key: 'links',
  specs: [
    { kind: 'lines', key: 'themes', name: 'themes', help: 'lines' },
    { kind: 'lines', key: 'keywords', name: 'keywords', help: 'keywords' },
    whole('links', LINKS),
  ],
}
