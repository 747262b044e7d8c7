//! Errors of interaction. The codes are the keys of the texts in `locales/`.

use tb_kernel::fault_codes;

fault_codes! {
    /// What can go wrong with a rectification or a link.
    pub enum Error in "interaction" {
        /// No such task, or none within reach.
        TaskNotFound: NotFound = "task_not_found",
        /// Somebody else has changed the task meanwhile.
        StaleVersion: Conflict = "stale_version",
        /// The state does not allow it.
        WrongState: Conflict = "wrong_state",
        /// Who handled the task does not call back.
        HandlerCallsBack: Forbidden = "handler_calls_back",
        /// Who was rated does not decide whether the rating counts.
        RatedDecides: Forbidden = "rated_decides",
        /// There was an appeal before.
        AppealedBefore: Conflict = "appealed_before",
        /// Nobody has appealed.
        NoAppeal: Conflict = "no_appeal",
        /// Words are needed.
        WordsMissing { what: String }: Invalid = "words_missing",
        /// A text is too long.
        TextTooLong { max: usize }: Invalid = "text_too_long",
        /// A level is 1 to 5.
        LevelAstray: Invalid = "level_astray",
        /// Tags of another level, or one twice.
        TagsAstray: Invalid = "tags_astray",
        /// A word of the request is unknown.
        UnknownWord { name: String }: Invalid = "unknown_word",
        /// No words wait for a look.
        NoWords: NotFound = "no_words",
        /// The words still hold a number of a person.
        WordsUnmasked: Invalid = "words_unmasked",
        /// The case cannot be rated (any more).
        NotRatable: Conflict = "not_ratable",
        /// The case is part of a joint matter.
        RatedWithWhole: Conflict = "rated_with_whole",
        /// Who was rated does not take the rating down.
        RatedRecords: Forbidden = "rated_records",
        /// The last characters of the number are not those of the applicant.
        ProofWrong: Invalid = "proof_wrong",
        /// No such office.
        OfficeUnknown: Invalid = "office_unknown",
        /// He has said something of this office today.
        AppraisedToday: Conflict = "appraised_today",
        /// No operator is connected.
        SmsOff: NotFound = "sms_off",
        /// A message of the operator that is not to be believed.
        SmsForged: Forbidden = "sms_forged",
        /// A message of the operator that was sent too long ago.
        SmsStale: Forbidden = "sms_stale",
        /// No such short message.
        SmsNotFound: NotFound = "sms_not_found",
        /// The link is none, has been used, or is too old.
        LinkDead: NotFound = "link_dead",
        /// The cursor is none of ours.
        WrongCursor: Invalid = "wrong_cursor",
        /// The caller lacks the permission; shown beside commands only.
        NotYours: Forbidden = "not_yours",
    }
}
