/**
 * What the server answers and takes, by the names of `schema.d.ts`. Features alias these and never
 * write a shape by hand. What the document says less exactly than the server is narrowed here, and
 * only here: a line goes as soon as the document says it itself.
 */
import type { components } from './schema'

type Schemas = components['schemas']

/** An answer has every field, `null` where there is nothing; the document calls such fields optional. */
type Told<T> = T extends readonly (infer One)[] ? Told<One>[] : T extends object ? { [K in keyof T]-?: Told<T[K]> } : T

/** The same with some fields said more exactly; each must be there. */
export type Narrow<T, N extends { [K in keyof N]: K extends keyof T ? unknown : never }> = Omit<T, keyof N> & N

type Plain<K extends keyof Schemas> = Told<Schemas[K]>

export type Light = 'green' | 'yellow' | 'red' | 'purple' | 'grey'

/** The words of the wire; the document has the names of the program here. */
interface Words {
  Retention: 'permanent' | 'thirty_years' | 'ten_years'
  ArchiveState: 'building' | 'built' | 'handed_over' | 'received' | 'returned' | 'cancelled'
  ArchiveEntryState: 'waiting' | 'packed' | 'failed' | 'dropped' | 'returned'
  State: Schemas['ApplicationState']
  EventKind: string
  Verb: string
  CheckStage: 'due' | 'rectifying' | 'hearing' | 'done' | 'revoked'
  CommitmentKind: 'whole' | 'materials'
  FeeState: 'preparing' | 'noticed' | 'reduced' | 'paid' | 'exempt' | 'refunding' | 'refunded' | 'lapsed' | 'cancelled'
  FeeStage: 'unpaid' | 'request' | 'assess' | 'refund' | 'settled' | 'lapsed' | 'over'
  RequestKind: 'reduction' | 'exemption' | 'refund'
  Asker: 'applicant' | 'office' | 'platform'
  ListColumn: 'light' | 'number' | 'applicant' | 'item_name' | 'state' | 'labels' | 'handler' | 'due' | 'submitted_at'
  ListOnly: 'mine' | 'withdrawal' | 'supervised' | 'letter' | 'fee_unpaid' | 'fee_request' | 'fee_refund' | 'mentioned'
  ListPlace: 'todo' | 'cases'
  ListSort: 'due' | 'newest' | 'oldest'
  Tone: 'blue' | 'green' | 'amber' | 'purple' | 'grey'
}

interface Narrowed extends Words {
  ApplicationView: Narrow<Plain<'ApplicationView'>, {
    channel: Schemas['Channel']
    editable: 'all' | 'listed' | 'nothing'
    fee: Narrowed['ApplicationFee'] | null
    result: 'granted' | 'denied' | null
  }>
  ArchiveEntryView: Narrow<Plain<'ArchiveEntryView'>, { retention: Words['Retention']; state: Words['ArchiveEntryState'] }>
  ArchiveListPage: { list: Narrowed['ArchiveListView']; entries: Narrowed['ArchiveEntryView'][] }
  ArchiveListView: Narrow<Plain<'ArchiveListView'>, { state: Words['ArchiveState'] }>
  ArchiveMark: Narrow<Plain<'ArchiveMark'>, { entry_state: Words['ArchiveEntryState']; retention: Words['Retention']; state: Words['ArchiveState'] }>
  ArchiveOverview: Narrow<Plain<'ArchiveOverview'>, { items: Narrow<Plain<'WaitingOfItem'>, { retention: Words['Retention'] }>[] }>
  ApplicationFee: Narrow<Plain<'ApplicationFee'>, { state: Words['FeeState']; request: Words['RequestKind'] | null; askable: Words['RequestKind'][] }>
  BatchOptions: Narrow<Plain<'BatchOptions'>, { commands: Narrow<Plain<'BatchOption'>, { command: Words['Verb'] }>[] }>
  BatchRowView: Narrow<Plain<'BatchRowView'>, { state: 'ready' | 'barred' | 'done' | 'refused' | 'skipped' }>
  BatchView: Narrow<Plain<'BatchView'>, {
    command: Words['Verb']
    source: 'selection' | 'filter' | 'file'
    state: 'draft' | 'scheduled' | 'running' | 'stopping' | 'finished' | 'stopped' | 'revoked'
    words: Narrow<Plain<'BatchWords'>, { kind: string | null; outcome: string | null; result: string | null; way: string | null }>
  }>
  CalendarView: Narrow<Plain<'CalendarView'>, {
    alarm: { kind: 'provisional' | 'beyond_coverage'; missing_year: number; last_covered: string } | null
    coverage: { first_day: string; last_day: string; first_official: number | null; last_official: number | null; provisional: number[] }
    years: Narrowed['YearRow'][]
  }>
  CaseCounts: Narrow<Plain<'CaseCounts'>, { lights: Partial<Record<Light, number>> }>
  Cashier: Narrow<Plain<'Cashier'>, { state: 'open' | 'paid' | 'closed' | 'expired' }>
  CaseFees: Narrow<Plain<'CaseFees'>, { orders: Narrowed['FeeOrderView'][] }>
  FeeOrderView: Narrow<Plain<'FeeOrderView'>, { state: Words['FeeState']; request: Narrowed['FeeRequestView'] | null }>
  FeeRequestView: Narrow<Plain<'FeeRequestView'>, { what: Words['RequestKind']; asker: Words['Asker'] }>
  CaseRow: Narrow<Plain<'CaseRow'>, { fee_stage: Words['FeeStage'] | null; labels: Narrowed['LabelView'][]; light: Light | null; state: Words['State'] }>
  CaseView: Narrow<Plain<'CaseView'>, {
    answers: Record<string, unknown>
    clocks: Narrow<Plain<'ClocksView'>, { clocks: Narrowed['ClockView'][] }>
    commands: Narrowed['CommandView'][]
    commitment: Narrowed['CommitmentView'] | null
    fee_stage: Words['FeeStage'] | null
    form: unknown
    light: Light | null
    materials: Narrowed['MaterialView'][]
    state: Words['State']
    steps: Narrowed['StepView'][]
    timeline: Narrowed['EventView'][]
  }>
  CheckRow: Narrow<Plain<'CheckRow'>, { kind: Words['CommitmentKind']; stage: Words['CheckStage'] }>
  ClockView: Narrow<Plain<'ClockView'>, { derivation: unknown }>
  CommitmentView: Narrow<Plain<'CommitmentView'>, {
    check: Narrow<Plain<'CheckView'>, { stage: Words['CheckStage'] }> | null
    kind: Words['CommitmentKind']
  }>
  CommandView: Narrow<Plain<'CommandView'>, { command: Words['Verb'] }>
  DayView: Narrow<Plain<'DayView'>, { kind: 'working_day' | 'worked_rest_day' | 'weekend' | 'holiday' | 'regional_holiday' }>
  EventView: Narrow<Plain<'EventView'>, { kind: Words['EventKind']; from: Words['State']; to: Words['State'] }>
  /** `facets` comes only where it was asked for. */
  ItemList: Omit<Plain<'ItemList'>, 'facets'> & { facets?: Plain<'FacetView'>[] }
  LabelView: Narrow<Plain<'LabelView'>, { tone: Words['Tone'] }>
  MaterialView: Narrow<Plain<'MaterialView'>, { necessity: Schemas['Necessity'] | null }>
  ParkedView: Narrow<Plain<'ParkedView'>, { state: 'waiting' | 'behind' | 'dead' }>
  RoleView: Narrow<Plain<'RoleView'>, { grants: { permission: string; reach: 'own' | 'department' | 'region' | 'all' }[] }>
  /** Lengths of a session, as soon as the server tells them. */
  SessionView: Plain<'SessionView'> & { idle_seconds?: number; ends_at?: string }
  RetentionRule: Narrow<Plain<'RetentionRule'>, { retention: Words['Retention'] }>
  WaitingCase: Narrow<Plain<'WaitingCase'>, { retention: Words['Retention']; state: Words['State'] }>
  SavedView: Narrow<Plain<'SavedView'>, {
    content: Narrow<Plain<'ViewContent'>, { columns: Words['ListColumn'][]; only: Words['ListOnly'] | null; place: Words['ListPlace']; sort: Words['ListSort'] | null }>
  }>
  DelegationView: Narrow<Plain<'DelegationView'>, { stage: 'coming' | 'running' | 'over' }>
  StepView: Narrow<Plain<'StepView'>, { status: 'done' | 'current' | 'waiting' }>
  TaskRow: Narrow<Plain<'TaskRow'>, { light: Light | null }>
  TaskView: Narrow<Plain<'TaskView'>, { light: Light | null }>
  YearRow: Narrow<Plain<'YearRow'>, { status: YearStatus }>
  YearView: Narrow<Plain<'YearView'>, { days: Narrowed['DayView'][]; status: YearStatus }>
}

type YearStatus = 'official' | 'provisional'

/** What the server answers under this name. */
export type Answer<K extends keyof Schemas> = K extends keyof Narrowed ? Narrowed[K] : Plain<K>

/** What the server takes under this name. */
export type Body<K extends keyof Schemas> = Schemas[K]
