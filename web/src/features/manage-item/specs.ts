/** What an item consists of, as data: the editor draws itself from it, group by group. */
import type { Answers } from '@/form/document'
import zh from '@/locales/zh-CN/manage-item.json'
import { formSpecs } from './form-specs'
import { authorityGroup, handlingRecord, linksGroup } from './way-specs'
import { t } from './text'

export type FieldName = keyof typeof zh.field
export type HelpName = keyof typeof zh.help
export type SectionName = keyof typeof zh.section
export type ChoiceName = keyof typeof zh.choice

interface Head {
  key: string
  name: FieldName
  help?: HelpName
  /** Left empty it is taken out of the document. */
  optional?: boolean
  /** A heading above this field, where a group is long. */
  section?: SectionName
}

export type Spec =
  | (Head & { kind: 'text' | 'long' | 'lines' | 'int' | 'money' | 'flag' | 'day' | 'term' | 'department' | 'materials' | 'items' | 'condition' | 'file' | 'licences'; fixed?: boolean })
  | (Head & { kind: 'choice' | 'choices'; choices: ChoiceName; number?: boolean; prune?: boolean })
  | (Head & { kind: 'rows'; fields: (row: Answers) => readonly Spec[]; title: string; blank: () => Answers })
  /** `always`: it is never taken out of the document and needs no frame of its own. */
  | (Head & { kind: 'record'; fields: (row: Answers) => readonly Spec[]; blank: () => Answers; always?: boolean })

export interface Group {
  key: keyof typeof zh.group
  specs: readonly Spec[]
}

const rows = (key: string, name: FieldName, title: string, fields: readonly Spec[], blank: () => Answers, help?: HelpName): Spec => ({
  kind: 'rows', key, name, title, fields: () => fields, blank, ...(help ? { help } : {}),
})

const OPTION: readonly Spec[] = [
  { kind: 'text', key: 'label', name: 'label' },
  { kind: 'text', key: 'id', name: 'id', help: 'key' },
  { kind: 'materials', key: 'materials', name: 'option_materials', help: 'option_materials' },
  { kind: 'long', key: 'barred', name: 'barred', help: 'barred', optional: true },
  { kind: 'condition', key: 'condition', name: 'option_condition', help: 'option_condition', optional: true },
]

const QUESTION: readonly Spec[] = [
  { kind: 'text', key: 'question', name: 'question' },
  { kind: 'text', key: 'id', name: 'id', help: 'key' },
  rows('options', 'options', 'label', OPTION, () => ({ id: '', label: '', materials: [] })),
]

const MATERIAL: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'material_name' },
  { kind: 'text', key: 'id', name: 'id', help: 'key' },
  { kind: 'choice', key: 'necessity', name: 'necessity', choices: 'necessity' },
  { kind: 'choice', key: 'source', name: 'source', choices: 'source' },
  { kind: 'text', key: 'issuer', name: 'issuer', help: 'issuer', optional: true },
  { kind: 'choice', key: 'form', name: 'form_kind', choices: 'form' },
  { kind: 'int', key: 'copies', name: 'copies' },
  { kind: 'text', key: 'paper_size', name: 'paper_size', help: 'paper_size', optional: true },
  { kind: 'choice', key: 'mark', name: 'mark', choices: 'mark', optional: true },
  { kind: 'flag', key: 'original', name: 'original' },
  { kind: 'long', key: 'standard', name: 'standard' },
  { kind: 'long', key: 'notes', name: 'notes' },
  { kind: 'long', key: 'basis', name: 'basis' },
  { kind: 'long', key: 'waived', name: 'waived', help: 'waived', optional: true },
  { kind: 'licences', key: 'licence_types', name: 'licence_types', help: 'licence_types', optional: true },
  { kind: 'flag', key: 'commitment', name: 'material_commitment' },
  { kind: 'int', key: 'reuse_days', name: 'reuse_days', help: 'reuse_days', optional: true },
  { kind: 'file', key: 'blank_form', name: 'blank_form', help: 'blank_form', optional: true },
  { kind: 'file', key: 'sample_form', name: 'sample_form', help: 'sample_form', optional: true },
]

const STEP: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'step_name' },
  { kind: 'text', key: 'id', name: 'id', help: 'key' },
  { kind: 'choice', key: 'post', name: 'post', choices: 'post' },
  { kind: 'term', key: 'term', name: 'term' },
  { kind: 'long', key: 'standard', name: 'step_standard' },
  { kind: 'text', key: 'result', name: 'step_result', optional: true },
]

const PROCEDURE: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'procedure_name' },
  { kind: 'choice', key: 'kind', name: 'procedure_kind', choices: 'procedure' },
  { kind: 'term', key: 'term', name: 'longest_term' },
  { kind: 'long', key: 'basis', name: 'basis' },
]

const FEE: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'fee_name' },
  { kind: 'money', key: 'amount', name: 'amount' },
  { kind: 'text', key: 'standard', name: 'fee_standard', help: 'fee_standard', optional: true },
  { kind: 'long', key: 'basis', name: 'fee_basis' },
  { kind: 'long', key: 'reduction', name: 'reduction', optional: true },
  { kind: 'flag', key: 'assessed', name: 'fee_assessed' },
  { kind: 'text', key: 'quantity_field', name: 'fee_quantity_field', help: 'fee_quantity_field', optional: true },
]

export const LAW: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'law_name' },
  { kind: 'text', key: 'number', name: 'law_number' },
  { kind: 'text', key: 'article', name: 'article' },
  { kind: 'text', key: 'issuer', name: 'law_issuer', optional: true },
  { kind: 'day', key: 'date', name: 'law_date', optional: true },
  { kind: 'long', key: 'text', name: 'text' },
]

const PLACE: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'place_name' },
  { kind: 'text', key: 'address', name: 'address' },
  { kind: 'text', key: 'hours', name: 'hours' },
  { kind: 'text', key: 'phone', name: 'phone' },
  { kind: 'text', key: 'window', name: 'window', optional: true },
  { kind: 'text', key: 'transport', name: 'transport', optional: true },
]

const FAQ: readonly Spec[] = [
  { kind: 'text', key: 'question', name: 'question' },
  { kind: 'long', key: 'answer', name: 'answer' },
]

const RESULT: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'result_name' },
  { kind: 'text', key: 'kind', name: 'result_kind' },
  { kind: 'choice', key: 'issue', name: 'result_issue', choices: 'issue', help: 'result_issue', optional: true },
  { kind: 'text', key: 'validity', name: 'validity' },
]

const PROMISE_WORDS: readonly Spec[] = [
  { kind: 'long', key: 'told', name: 'commitment_told' },
  { kind: 'long', key: 'promised', name: 'commitment_promised' },
]

const COMMITMENT: readonly Spec[] = [
  { kind: 'flag', key: 'whole', name: 'commitment_whole' },
  ...PROMISE_WORDS,
  {
    kind: 'record', key: 'for_materials', name: 'commitment_for_materials', help: 'commitment_for_materials', fields: () => PROMISE_WORDS, optional: true,
    blank: () => ({ told: '', promised: '' }),
  },
  { kind: 'term', key: 'check_term', name: 'commitment_check_term' },
  { kind: 'text', key: 'method', name: 'commitment_method' },
]

const WORKING_WEEK = () => ({ length: 5, unit: 'working_days' })

export const GROUPS: readonly Group[] = [
  {
    key: 'basic',
    specs: [
      { kind: 'text', key: 'name', name: 'name' },
      { kind: 'text', key: 'category', name: 'category' },
      { kind: 'text', key: 'code', name: 'code', help: 'code', fixed: true },
      { kind: 'text', key: 'business_code', name: 'business_code', optional: true },
      { kind: 'text', key: 'base_code', name: 'base_code', help: 'base_code', optional: true },
      { kind: 'department', key: 'department_code', name: 'department_code' },
      { kind: 'text', key: 'region', name: 'region', help: 'region' },
      { kind: 'choice', key: 'item_type', name: 'item_type', choices: 'item_type' },
      { kind: 'choice', key: 'case_kind', name: 'case_kind', choices: 'case_kind' },
      { kind: 'choices', key: 'audience', name: 'audience', choices: 'audience' },
      { kind: 'long', key: 'summary', name: 'summary' },
      { kind: 'lines', key: 'external_codes', name: 'external_codes', help: 'lines' },
      { kind: 'day', key: 'effective_from', name: 'effective_from', optional: true },
      { kind: 'flag', key: 'sample', name: 'sample' },
    ],
  },
  authorityGroup,
  {
    key: 'terms',
    specs: [
      { kind: 'term', key: 'legal_term', name: 'legal_term', optional: true },
      { kind: 'text', key: 'legal_term_note', name: 'legal_term_note', optional: true },
      { kind: 'term', key: 'promised_term', name: 'promised_term', optional: true },
      { kind: 'text', key: 'promised_term_note', name: 'promised_term_note', optional: true },
      { kind: 'term', key: 'pre_review_term', name: 'pre_review_term', help: 'pre_review_term', optional: true },
      { kind: 'term', key: 'correction_term', name: 'correction_term', optional: true },
      { kind: 'flag', key: 'correction_lapses', name: 'correction_lapses' },
      { kind: 'term', key: 'deferral_term', name: 'deferral_term', help: 'deferral_term', optional: true },
      {
        kind: 'record', key: 'commitment', name: 'commitment', help: 'commitment', fields: () => COMMITMENT, optional: true,
        blank: () => ({ whole: false, told: '', promised: '', check_term: { length: 20, unit: 'working_days' }, method: '' }),
      },
    ],
  },
  {
    key: 'handling',
    specs: [
      { kind: 'choice', key: 'online_depth', name: 'online_depth', choices: 'online_depth', number: true },
      { kind: 'int', key: 'visits', name: 'visits' },
      handlingRecord,
    ],
  },
  { key: 'conditions', specs: [{ kind: 'lines', key: 'conditions', name: 'conditions', help: 'lines' }] },
  { key: 'situations', specs: [rows('situations', 'situations', 'question', QUESTION, () => ({ id: '', question: '', options: [] }))] },
  {
    key: 'materials',
    specs: [
      rows('materials', 'materials', 'name', MATERIAL, () => ({
        id: '', name: '', necessity: 'required', source: 'applicant', form: 'electronic', original: false, copies: 0, standard: '', notes: '', basis: '', commitment: false,
      })),
    ],
  },
  { key: 'steps', specs: [rows('steps', 'steps', 'name', STEP, () => ({ id: '', name: '', post: 'clerk', term: WORKING_WEEK(), standard: '' }), 'steps')] },
  {
    key: 'procedures',
    specs: [
      rows('special_procedures', 'special_procedures', 'name', PROCEDURE, () => ({ kind: 'hearing', name: '', term: WORKING_WEEK(), basis: '' }), 'special_procedures'),
    ],
  },
  { key: 'fees', specs: [rows('fees', 'fees', 'name', FEE, () => ({ name: '', amount: 0, basis: '' }))] },
  {
    key: 'results',
    specs: [
      { kind: 'record', key: 'result', name: 'result', fields: () => RESULT, blank: () => ({ name: '', kind: '', validity: '' }), optional: true },
      rows('further_results', 'further_results', 'name', RESULT, () => ({ name: '', kind: '', validity: '' }), 'further_results'),
    ],
  },
  { key: 'laws', specs: [rows('legal_bases', 'legal_bases', 'name', LAW, () => ({ name: '', number: '', article: '', text: '' }))] },
  { key: 'places', specs: [rows('places', 'places', 'name', PLACE, () => ({ name: '', address: '', hours: '', phone: '' }))] },
  {
    key: 'channels',
    specs: [
      { kind: 'long', key: 'consultation', name: 'consultation' },
      { kind: 'long', key: 'complaint', name: 'complaint' },
      { kind: 'long', key: 'remedies', name: 'remedies' },
    ],
  },
  linksGroup,
  { key: 'faqs', specs: [rows('faqs', 'faqs', 'question', FAQ, () => ({ question: '', answer: '' }))] },
  { key: 'form', specs: formSpecs },
]

export function choicesOf(name: ChoiceName): { value: string; label: string }[] {
  return Object.keys(zh.choice[name]).map((value) => ({
    // A dot would part the key of a text; prefill sources have one.
    value: name === 'prefill' ? value.replace('_', '.') : value,
    label: t(`choice.${name}.${value}` as Parameters<typeof t>[0]),
  }))
}
