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
        /// No such penalty, or none within reach.
        PenaltyNotFound: NotFound = "penalty_not_found",
        /// Something in the fields of a penalty is not right.
        PenaltyInvalid: Invalid = "penalty_invalid",
        /// The decision is entered already.
        PenaltyKnown { number: String }: Conflict = "penalty_known",
        /// The state of the entry does not allow it.
        PenaltyState: Conflict = "penalty_state",
        /// Who entered it does not check it.
        SecondPerson: Forbidden = "second_person",
        /// A reason that the public reads names the party.
        ReasonNames: Invalid = "reason_names",
        /// The caller works in no office that is known here.
        NoOffice: Forbidden = "no_office",
        /// The file is no list that can be read.
        SheetUnreadable: Invalid = "sheet_unreadable",
        /// The file is too large.
        FileTooLarge { max: String }: TooLarge = "file_too_large",
        /// The list has more rows than may be taken in at once.
        SheetTooLong { max: usize }: Invalid = "sheet_too_long",
        /// The list lacks columns that every row needs.
        ColumnsMissing { columns: String }: Invalid = "columns_missing",
        /// No such data set.
        NoDataSet: NotFound = "no_data_set",
        /// No such item.
        ItemNotFound: NotFound = "item_not_found",
    }
}

/// Codes of faults of single fields, by name.
pub(crate) mod field {
    pub const REQUIRED: &str = "insight.field.required";
    pub const TOO_LONG: &str = "insight.field.too_long";
    pub const NO_DAY: &str = "insight.field.no_day";
    pub const NO_SUM: &str = "insight.field.no_sum";
    pub const NO_KIND: &str = "insight.field.no_kind";
    pub const NO_CREDIT_CODE: &str = "insight.field.no_credit_code";
    pub const OF_PERSON: &str = "insight.field.of_person";
    pub const PERSON_NAMED: &str = "insight.field.person_named";
    pub const DAY_AHEAD: &str = "insight.field.day_ahead";
    pub const DAY_BEFORE: &str = "insight.field.day_before";
    pub const SHOWN_ASTRAY: &str = "insight.field.shown_astray";
    pub const TWICE: &str = "insight.field.twice";
    pub const ROW_FLAW: &str = "insight.field.row_flaw";
}
