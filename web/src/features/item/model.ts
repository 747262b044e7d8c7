/** Rules of an item that the page shows before the server decides. */
import type { Department, ItemDocument, MaterialRequirement, SituationAnswers, SituationQuestion } from './types'

/** Penalties, coercion, levies and inspections: nobody applies for them. */
const EX_OFFICIO = new Set(['02', '03', '04', '06'])

export function isExOfficio(item: Pick<ItemDocument, 'item_type'>): boolean {
  return EX_OFFICIO.has(item.item_type)
}

type Guided = Pick<ItemDocument, 'situations' | 'materials'>

/** The materials that a set of answers asks for: the common ones and those that the answers name. */
export function materialsFor(item: Guided, answers: SituationAnswers): MaterialRequirement[] {
  const options = item.situations.flatMap((question) => question.options.map((option) => ({ question, option })))
  return item.materials.filter((material) => {
    const naming = options.filter(({ option }) => option.materials.includes(material.id))
    return naming.length === 0 || naming.some(({ question, option }) => answers[question.id] === option.id)
  })
}

/** Why these answers bar the way, and what to do instead. */
export function barredBy(situations: readonly SituationQuestion[], answers: SituationAnswers): string | undefined {
  for (const question of situations) {
    const chosen = question.options.find((option) => option.id === answers[question.id])
    if (chosen?.barred) return chosen.barred
  }
  return undefined
}

export interface ConditionStand {
  text: string
  state: 'met' | 'failed' | 'open'
  reason: string | undefined
}

/** How each condition stands by the answers: a barred answer that names it fails it, a free one meets it. */
export function conditionsBy(item: Pick<ItemDocument, 'situations' | 'conditions'>, answers: SituationAnswers): ConditionStand[] {
  return item.conditions.map((text) => {
    const decides = (option: SituationQuestion['options'][number] | undefined) => Boolean(option?.barred) && option?.condition === text
    const chosen = item.situations
      .filter((question) => question.options.some(decides))
      .map((question) => question.options.find((option) => option.id === answers[question.id]))
    const reason = chosen.find(decides)?.barred ?? undefined
    const met = chosen.length > 0 && chosen.every((option) => option !== undefined && !option.barred)
    return { text, state: reason ? 'failed' : met ? 'met' : 'open', reason }
  })
}

export function unanswered(situations: readonly SituationQuestion[], answers: SituationAnswers): SituationQuestion[] {
  return situations.filter((question) => !question.options.some((option) => option.id === answers[question.id]))
}

/** Whom the tiles of a door stand for. */
export const AUDIENCE_OF = { person: 'natural_person', enterprise: 'enterprise' } as const

/** Ways to items beside themes, as the address and the search name them. */
export const LINK_FACETS = ['life_event', 'green_channel', 'industry', 'occupation', 'topic'] as const
export type LinkFacet = (typeof LINK_FACETS)[number]

/** How a material stands for the applicant. */
export type Standing = 'waived' | 'paper' | 'required' | 'deferrable' | 'optional'

export function standingOf(material: MaterialRequirement): Standing {
  if (material.waived) return 'waived'
  if (material.form === 'paper') return 'paper'
  return material.necessity
}

/** City, county and town offices apart, as people look for them. */
export function byLevel(departments: readonly Department[]): { level: 'city' | 'district' | 'town'; list: Department[] }[] {
  const level = (region: string) => (region.length > 6 ? 'town' : region.length < 6 || region.endsWith('00') ? 'city' : 'district')
  return (['city', 'district', 'town'] as const)
    .map((one) => ({ level: one, list: departments.filter((department) => level(department.region) === one) }))
    .filter((group) => group.list.length > 0)
}

/** Splits a name where the searched words stand, so that they can be marked. */
export function marked(name: string, words: string): { text: string; hit: boolean }[] {
  const at = words.trim() === '' ? -1 : name.toLowerCase().indexOf(words.trim().toLowerCase())
  if (at < 0) return [{ text: name, hit: false }]
  const end = at + words.trim().length
  return [
    { text: name.slice(0, at), hit: false },
    { text: name.slice(at, end), hit: true },
    { text: name.slice(end), hit: false },
  ].filter((part) => part.text !== '')
}
