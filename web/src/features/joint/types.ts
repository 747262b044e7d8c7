/** Joint matters as the catalogue's API gives them. */
import type { Answer, Narrow } from '@/api/answers'
import type { MaterialRequirement } from '@/features/item/types'
import type { Term } from '@/features/term/model'

export type JointCard = Narrow<Answer<'JointCard'>, { promised_term: Term | null }>
export type JointMember = Narrow<Answer<'JointMemberView'>, Record<'promised_term' | 'legal_term', Term | null>>
export type JointItem = Narrow<Answer<'JointItem'>, { promised_term: Term | null }>
export type JointGuide = Narrow<Answer<'JointGuide'>, { item: JointItem; members: JointMember[] }>
export type JointSituation = Narrow<Answer<'JointSituationView'>, { members: JointMember[]; materials: MaterialRequirement[]; promised_term: Term | null }>
