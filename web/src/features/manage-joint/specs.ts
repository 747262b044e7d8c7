/** What a joint matter consists of, as data for the editor of items. */
import type { Answers } from '@/form/document'
import type { FieldName, HelpName, Spec } from '@/features/manage-item/specs'
import zh from '@/locales/zh-CN/manage-item.json'

export interface JointGroup {
  key: keyof typeof zh.joint.group
  specs: readonly Spec[]
}

const rows = (key: string, name: FieldName, title: string, fields: readonly Spec[], blank: () => Answers, help?: HelpName): Spec => ({
  kind: 'rows', key, name, title, fields: () => fields, blank, ...(help ? { help } : {}),
})

const ANSWER: readonly Spec[] = [
  { kind: 'text', key: 'question', name: 'joint_question' },
  { kind: 'text', key: 'option', name: 'joint_option' },
]

const MEMBER_ANSWER: readonly Spec[] = [{ kind: 'text', key: 'member', name: 'joint_member' }, ...ANSWER]

const OPTION: readonly Spec[] = [
  { kind: 'text', key: 'label', name: 'label' },
  { kind: 'text', key: 'id', name: 'id', help: 'key' },
  { kind: 'long', key: 'barred', name: 'barred', help: 'barred', optional: true },
  rows('answers', 'joint_gives', 'member', MEMBER_ANSWER, () => ({ member: '', question: '', option: '' }), 'joint_gives'),
]

const QUESTION: readonly Spec[] = [
  { kind: 'text', key: 'question', name: 'question' },
  { kind: 'text', key: 'id', name: 'id', help: 'key' },
  rows('options', 'options', 'label', OPTION, () => ({ id: '', label: '', answers: [] })),
]

const CONDITION: readonly Spec[] = [
  { kind: 'text', key: 'question', name: 'joint_question' },
  { kind: 'lines', key: 'options', name: 'joint_options', help: 'lines' },
]

const MEMBER: readonly Spec[] = [
  { kind: 'text', key: 'item_code', name: 'code' },
  { kind: 'text', key: 'key', name: 'joint_member', help: 'joint_member' },
  { kind: 'lines', key: 'after', name: 'joint_after', help: 'joint_after' },
  rows('when', 'joint_when', 'question', CONDITION, () => ({ question: '', options: [] }), 'joint_when'),
  rows('answers', 'joint_answers', 'question', ANSWER, () => ({ question: '', option: '' }), 'joint_answers'),
]

const PART: readonly Spec[] = [
  { kind: 'text', key: 'member', name: 'joint_member' },
  { kind: 'text', key: 'key', name: 'joint_part' },
]

const SHARED: readonly Spec[] = [
  { kind: 'text', key: 'key', name: 'id', help: 'key' },
  rows('parts', 'joint_parts', 'member', PART, () => ({ member: '', key: '' })),
]

export const JOINT_GROUPS: readonly JointGroup[] = [
  {
    key: 'basic',
    specs: [
      { kind: 'text', key: 'name', name: 'joint_name' },
      { kind: 'text', key: 'code', name: 'joint_code', fixed: true },
      { kind: 'department', key: 'lead_department_code', name: 'joint_lead' },
      { kind: 'text', key: 'region', name: 'region', help: 'region' },
      { kind: 'choices', key: 'audience', name: 'audience', choices: 'audience' },
      { kind: 'term', key: 'promised_term', name: 'joint_term', optional: true },
      { kind: 'long', key: 'summary', name: 'summary' },
      { kind: 'flag', key: 'merged', name: 'joint_merged', help: 'joint_merged' },
      { kind: 'flag', key: 'sample', name: 'sample' },
    ],
  },
  { key: 'members', specs: [rows('members', 'joint_members', 'key', MEMBER, () => ({ key: '', item_code: '', when: [], after: [], answers: [] }))] },
  { key: 'situations', specs: [rows('situations', 'situations', 'question', QUESTION, () => ({ id: '', question: '', options: [] }))] },
  { key: 'fields', specs: [rows('shared_fields', 'joint_shared_fields', 'key', SHARED, () => ({ key: '', parts: [] }), 'joint_shared')] },
  { key: 'materials', specs: [rows('shared_materials', 'joint_shared_materials', 'key', SHARED, () => ({ key: '', parts: [] }), 'joint_shared')] },
]

export const BLANK_JOINT: Answers = {
  code: '', name: '', summary: '', lead_department_code: '', region: '', audience: ['enterprise'], merged: true, sample: false,
  situations: [], members: [], shared_fields: [], shared_materials: [],
}
