/** The form document as fields of the editor: what can be said depends on the kind of a field. */
import type { Answers } from '@/form/document'
import type { Spec } from './specs'

const CONDITION = (row: Answers): readonly Spec[] => [
  { kind: 'text', key: 'field', name: 'when_field' },
  { kind: 'choice', key: 'op', name: 'op', choices: 'op', prune: true },
  row.op === 'in'
    ? { kind: 'lines', key: 'values', name: 'when_values' }
    : { kind: 'text', key: 'value', name: 'when_value' },
]

const CHOICE: readonly Spec[] = [
  { kind: 'text', key: 'label', name: 'choice_label' },
  { kind: 'text', key: 'value', name: 'choice_value' },
]

const LENGTHS: readonly Spec[] = [
  { kind: 'int', key: 'min_length', name: 'min_length', optional: true },
  { kind: 'int', key: 'max_length', name: 'max_length', optional: true },
  { kind: 'text', key: 'pattern', name: 'pattern', optional: true },
  { kind: 'text', key: 'pattern_help', name: 'pattern_help', optional: true },
]

const BOUNDS: readonly Spec[] = [
  { kind: 'text', key: 'min', name: 'min', optional: true },
  { kind: 'text', key: 'max', name: 'max', optional: true },
]

const OF_KIND: Record<string, readonly Spec[]> = {
  text: LENGTHS,
  long_text: LENGTHS,
  number: [...BOUNDS, { kind: 'int', key: 'scale', name: 'scale', optional: true }, { kind: 'text', key: 'unit', name: 'unit', optional: true }],
  money: BOUNDS,
  date: [
    { kind: 'text', key: 'min', name: 'min', help: 'bound_date', optional: true },
    { kind: 'text', key: 'max', name: 'max', help: 'bound_date', optional: true },
  ],
  dictionary: [
    { kind: 'rows', key: 'options', name: 'choices', title: 'label', fields: () => CHOICE, blank: () => ({ value: '', label: '' }) },
    { kind: 'flag', key: 'multiple', name: 'multiple', optional: true },
    { kind: 'int', key: 'min_choices', name: 'min_choices', optional: true },
    { kind: 'int', key: 'max_choices', name: 'max_choices', optional: true },
  ],
  division: [
    { kind: 'choice', key: 'depth', name: 'depth', choices: 'depth' },
    { kind: 'text', key: 'within', name: 'within', help: 'region', optional: true },
  ],
  phone: [{ kind: 'flag', key: 'landline', name: 'landline', optional: true }],
  attachment: [
    { kind: 'int', key: 'min_files', name: 'min_files', optional: true },
    { kind: 'int', key: 'max_files', name: 'max_files', optional: true },
    { kind: 'choices', key: 'types', name: 'types', choices: 'types', optional: true },
  ],
  repeat: [
    { kind: 'text', key: 'row_title', name: 'row_title', optional: true },
    { kind: 'int', key: 'min_rows', name: 'min_rows', optional: true },
    { kind: 'int', key: 'max_rows', name: 'max_rows', optional: true },
    { kind: 'rows', key: 'fields', name: 'fields', title: 'label', fields: fieldSpecs, blank: blankField },
  ],
}

function blankField(): Answers {
  return { key: '', label: '', kind: 'text', required: true }
}

export function fieldSpecs(row: Answers): readonly Spec[] {
  return [
    { kind: 'text', key: 'label', name: 'field_label' },
    { kind: 'text', key: 'key', name: 'id', help: 'key' },
    { kind: 'choice', key: 'kind', name: 'kind', choices: 'kind', prune: true },
    { kind: 'flag', key: 'required', name: 'required', optional: true },
    { kind: 'flag', key: 'sensitive', name: 'sensitive', optional: true },
    { kind: 'text', key: 'help', name: 'help', optional: true },
    { kind: 'text', key: 'placeholder', name: 'placeholder', optional: true },
    { kind: 'choice', key: 'prefill', name: 'prefill', choices: 'prefill', optional: true },
    ...(row.prefill && row.prefill !== 'account.phone' ? [{ kind: 'flag', key: 'verified', name: 'verified', optional: true } as const] : []),
    ...(OF_KIND[String(row.kind)] ?? []),
    { kind: 'record', key: 'visible_when', name: 'visible_when', fields: CONDITION, blank: () => ({ op: 'equals', field: '', value: '' }), optional: true },
  ]
}

const SECTION: readonly Spec[] = [
  { kind: 'text', key: 'title', name: 'section_title' },
  { kind: 'text', key: 'key', name: 'id', help: 'key' },
  { kind: 'long', key: 'help', name: 'help', optional: true },
  { kind: 'rows', key: 'fields', name: 'fields', title: 'label', fields: fieldSpecs, blank: blankField },
]

const FORM: readonly Spec[] = [
  { kind: 'text', key: 'title', name: 'form_title' },
  { kind: 'text', key: 'key', name: 'form_key', help: 'key' },
  { kind: 'rows', key: 'sections', name: 'sections', title: 'title', fields: () => SECTION, blank: () => ({ key: '', title: '', fields: [blankField()] }) },
]

export const formSpecs: readonly Spec[] = [
  {
    kind: 'record',
    key: 'form',
    name: 'form',
    help: 'form',
    fields: () => FORM,
    blank: () => ({ key: 'application', title: '', sections: [] }),
    optional: true,
  },
]
