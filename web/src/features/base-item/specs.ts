/** What a base item consists of, as data for the editor of items. */
import { LAW, type Spec } from '@/features/manage-item/specs'

export const BASE_SPECS: readonly Spec[] = [
  { kind: 'text', key: 'name', name: 'name' },
  { kind: 'text', key: 'code', name: 'base_code', fixed: true },
  { kind: 'choice', key: 'item_type', name: 'item_type', choices: 'item_type' },
  { kind: 'text', key: 'organ', name: 'organ', help: 'organ' },
  { kind: 'term', key: 'legal_term', name: 'legal_term', optional: true },
  { kind: 'day', key: 'effective_from', name: 'effective_from', optional: true },
  { kind: 'choices', key: 'levels', name: 'level', choices: 'level' },
  { kind: 'long', key: 'note', name: 'base_note' },
  { kind: 'rows', key: 'legal_bases', name: 'legal_bases', title: 'name', fields: () => LAW, blank: () => ({ name: '', number: '', article: '', text: '' }) },
  { kind: 'flag', key: 'sample', name: 'sample' },
]
