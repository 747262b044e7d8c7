/** The parts of an application and how each stands. */
import { unanswered } from '@/features/item/model'
import type { Form } from '@/form/useForm'
import { lackingMaterials } from './model'
import type { Application } from './types'
import { t } from './wizard-text'

export type Step = 'situation' | 'form' | 'materials' | 'check'

export interface Task {
  key: string
  step: Step
  section?: string
  title: string
  detail?: string
  state: 'done' | 'begun' | 'todo' | 'wrong' | 'later'
}

export function tasksOf(application: Application, form: Form): Task[] {
  const { situations, situation_answers, materials } = application
  const asked = materials.filter((material) => !material.waived && material.form !== 'paper')
  const lacking = lackingMaterials(materials).length
  const tasks: Task[] = []
  if (situations.length > 0) {
    const open = unanswered(situations, situation_answers).length
    tasks.push({ key: 'situation', step: 'situation', title: t('step.situation'), state: open === 0 ? 'done' : open < situations.length ? 'begun' : 'todo' })
  }
  for (const section of form.document.sections) {
    const missing = form.lacking(section.key)
    const state = form.stateOf(section.key)
    const detail = missing > 0 && (form.isAnswered(section.key) || state === 'wrong') ? t('task.missing', { n: missing }) : undefined
    tasks.push({ key: `form-${section.key}`, step: 'form', section: section.key, title: section.title, state, detail })
  }
  if (materials.length > 0) {
    const given = asked.filter((material) => material.files.length > 0).length
    const state = lacking === 0 ? 'done' : given > 0 ? 'begun' : 'todo'
    const detail = asked.length > 0 ? t('task.given', { n: given, all: asked.length }) : t('task.nothing_to_give')
    tasks.push({ key: 'materials', step: 'materials', title: t('step.materials'), state, detail })
  }
  const ready = tasks.every((task) => task.state === 'done')
  return [...tasks, { key: 'check', step: 'check', title: t('step.check'), state: ready ? 'todo' : 'later' }]
}
