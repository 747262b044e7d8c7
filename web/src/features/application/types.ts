/** Applications as the intake's API gives them. */
import type { Answer, Narrow } from '@/api/answers'
import type { Answers, FormDocument } from '@/form/document'

export type State = Answer<'ApplicationState'>
/** A sentence of the server in the reader's language. */
export type Sentence = Answer<'Sentence'>
export type MaterialFile = Answer<'ApplicationFile'>
export type Requirement = Answer<'RequirementView'>
export type CommitmentOffer = Answer<'CommitmentOffer'>
export type ApplicationFee = Answer<'ApplicationFee'>
export type Revocation = Answer<'RevocationView'>
export type Correction = Answer<'ApplicationCorrection'>
/** What the applicant reads of an event; the public query shows no more. */
export type TimelineEntry = Answer<'ProgressEntry'> & Partial<Answer<'ApplicationEntry'>>
export type Paper = Answer<'PaperRef'>
export type Rating = Answer<'RatingView'>
/** With the form document of the forms engine. */
export type Application = Narrow<Answer<'ApplicationView'>, { form_document: FormDocument | null; form: Answers }>
export type Submitted = Application & Pick<Answer<'Submitted'>, 'query_password'>
export type ApplicationRow = Answer<'ApplicationRow'>
export type JointPart = Application['parts'][number]
export type RatingLevel = Answer<'RatingLevel'>
