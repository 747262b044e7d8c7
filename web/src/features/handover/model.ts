/** States in which a case can be handed over: row 23 of the state table. */
export const HANDED_OVER = [
  'submitted', 'pre_review_returned', 'awaiting_originals', 'received', 'correcting', 'accepted', 'examining', 'special_procedure', 'suspended', 'decided', 'closed',
] as const
