/** The contents of a case's page, as tabs: what the reader may see, with marks where something waits. */
import { t as feeText } from '@/features/fee/text'
import { mayHear } from '@/features/hearing/model'
import { t as hearingText } from '@/features/hearing/text'
import { t as letterText } from '@/features/letter/text'
import { askedOf } from '@/features/opinion/model'
import { t as opinionText } from '@/features/opinion/text'
import type { CaseView } from './api'
import { t } from './text'

export interface CaseTab {
  key: string
  title: string
  count?: number
  /** Whether something in it waits. */
  mark?: boolean
}

/** Stages in which a hearing is not over. */
const HEARING = new Set(['told', 'asked', 'called'])
/** What fees wait for from the office. */
const FEES = new Set(['request', 'assess', 'refund'])

export function tabsOf(view: CaseView, can: (permission: string) => boolean): CaseTab[] {
  const { asked, waiting } = askedOf(view)
  const charged = can('approval.fee.read') && (view.charges || view.fee_stage !== null)
  return [
    { key: 'form', title: t('tab.form') },
    { key: 'materials', title: t('tab.materials'), count: view.materials.length },
    { key: 'checks', title: t('tab.checks') },
    { key: 'papers', title: t('tab.papers'), count: view.papers.length },
    ...(charged ? [{ key: 'fees', title: feeText('tab'), mark: FEES.has(view.fee_stage ?? '') }] : []),
    ...(can('approval.letter.read') ? [{ key: 'letters', title: letterText('tab'), count: view.letters, mark: view.letter_since !== null }] : []),
    { key: 'opinions', title: opinionText('tab'), count: asked, mark: waiting > 0 },
    ...(mayHear(view) ? [{ key: 'hearing', title: hearingText('tab'), mark: view.hearing !== null && !view.hearing.unasked && HEARING.has(view.hearing.stage) }] : []),
    ...(can('approval.note.read') ? [{ key: 'notes', title: t('tab.notes') }] : []),
  ]
}
