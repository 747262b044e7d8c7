/** Items as the catalogue's API gives them. */
import type { Answer, Narrow } from '@/api/answers'
import type { FormDocument } from '@/form/document'
import type { Term } from '@/features/term/model'

export type ItemAudience = Answer<'Audience'>
export type CaseKind = Answer<'CaseKind'>
export type ItemType = Answer<'ItemType'>
/** The two doors of the portal. */
export type Door = Answer<'ThemeAudience'>

/** The calendar engine's own shapes, which the document leaves open. */
type Terms = Record<'promised_term' | 'legal_term', Term | null>
type DraftTerms = Record<'pre_review_term' | 'correction_term', Term | null>
type Steps = Narrow<Answer<'Step'>, { term: Term }>[]
export type SpecialProcedure = Narrow<Answer<'SpecialProcedure'>, { term: Term }>

export type ItemRow = Narrow<Answer<'ItemCard'>, Terms>
export type MaterialRequirement = Answer<'MaterialRequirement'>
export type SituationQuestion = Answer<'SituationQuestion'>
/** Question id → option id. */
export type SituationAnswers = Record<string, string>
export type Place = Answer<'Place'>
export type ItemDocument = Narrow<Answer<'ItemDocument'>, Terms & DraftTerms & { form: FormDocument | null; steps: Steps; special_procedures: SpecialProcedure[] }>
/** A guide: the description in one version. */
export type ItemGuide = ItemDocument & Pick<Answer<'GuideView'>, 'version' | 'online' | 'current' | 'published_at' | 'coming_on'>
export type RelatedItems = Record<'preceding' | 'following' | 'alike', ItemRow[]>
export type Facet = Answer<'FacetView'>
export type ItemPage = Narrow<Answer<'ItemList'>, { items: ItemRow[] }>
export type Theme = Answer<'ThemeView'>
export type Department = Answer<'DepartmentView'>
