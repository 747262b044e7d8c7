//! Errors of insight. The codes are the keys of the texts in `locales/`.

use tb_kernel::fault_codes;

fault_codes! {
    /// What can go wrong with figures and publicity.
    pub enum Error in "insight" {
        /// A word of the request is unknown.
        UnknownWord { name: String }: Invalid = "unknown_word",
        /// The period ends before it begins, or is too long.
        PeriodAstray { days: i64 }: Invalid = "period_astray",
        /// The cursor is none of ours.
        WrongCursor: Invalid = "wrong_cursor",
        /// No such entry, or none within reach.
        PermitNotFound: NotFound = "permit_not_found",
        /// Somebody else has changed the entry meanwhile.
        StaleVersion: Conflict = "stale_version",
        /// The entry is withdrawn already.
        Withdrawn: Conflict = "withdrawn",
        /// A reason is needed.
        ReasonMissing: Invalid = "reason_missing",
        /// A text is too long.
        TextTooLong { max: usize }: Invalid = "text_too_long",
        /// A field may not be empty.
        FieldMissing { name: String }: Invalid = "field_missing",
        /// The validity ends before it begins.
        ValidityAstray: Invalid = "validity_astray",
        /// No such data set.
        NoDataSet: NotFound = "no_data_set",
        /// No such item.
        ItemNotFound: NotFound = "item_not_found",
    }
}
