//! What can go wrong in the register, by stable codes; the texts lie in `locales/`.

use tb_kernel::fault_codes;

fault_codes! {
    /// The register's errors.
    pub enum Error in "licence" {
        /// No licence of this id, or none within reach.
        LicenceNotFound: NotFound = "licence_not_found",
        /// The code or number is on no licence of this platform.
        NotOurs: NotFound = "not_ours",
        /// No licence has this number with a holder whose name ends so.
        NoMatch: NotFound = "no_match",
        /// The PDF cannot be made now.
        FileNotReady: Unavailable = "file_not_ready",
        /// No type of this code.
        TypeNotFound: NotFound = "type_not_found",
        /// Another type has this code.
        TypeTaken { code: String }: Conflict = "type_taken",
        /// Somebody else has changed the type since it was read.
        StaleVersion { by: String, at: String }: Conflict = "stale_version",
        /// The type is not right.
        TypeInvalid: Invalid = "type_invalid",
        /// Somebody else has changed the licence since it was read.
        StaleLicence { by: String, at: String }: Conflict = "stale_licence",
        /// A licence that stands so cannot be changed so.
        ChangeNotPossible: Conflict = "change_not_possible",
        /// Its end is too far away for a renewal.
        RenewalTooEarly { from: String }: Conflict = "renewal_too_early",
        /// The holder has asked for nothing that waits.
        NothingToTakeBack: Conflict = "nothing_to_take_back",
        /// Something is asked for already, and not decided.
        ChangeOpen: Conflict = "change_open",
        /// Too few or too many days for an answer.
        WrongTerm { least: u32, most: u32 }: Invalid = "wrong_term",
        /// No notice waits for an answer.
        NothingToAnswer: Conflict = "nothing_to_answer",
        /// The days for an answer are over.
        AnswerTooLate: Conflict = "answer_too_late",
        /// Nothing waits for a decision.
        NothingToDecide: Conflict = "nothing_to_decide",
        /// Whoever asked may not decide.
        SamePerson: Forbidden = "same_person",
        /// The holder may still answer.
        HolderNotHeard: Conflict = "holder_not_heard",
        /// Nothing is said.
        WordsMissing: Invalid = "words_missing",
        /// Too much is said.
        WordsTooLong { max: usize }: Invalid = "words_too_long",
        /// What is asked for about the face is not right.
        AmendmentInvalid: Invalid = "amendment_invalid",
        /// No request waits that something could be missing of, or it was returned before.
        NothingToReturn: Conflict = "nothing_to_return",
        /// Nothing is missing, or the holder has brought it.
        NothingToSupply: Conflict = "nothing_to_supply",
        /// The holder may still bring what is missing.
        ProofAwaited { until: String }: Conflict = "proof_awaited",
        /// The licence is not in force any more, so that nothing of it can be changed.
        NotInForce: Conflict = "not_in_force",
        /// No such file came with what was asked for.
        ProofNotFound: NotFound = "proof_not_found",
        /// The place of a list is not one of ours.
        WrongCursor: Invalid = "wrong_cursor",
    }
}

/// Codes of single fields: they stand in `fields` of a problem.
pub mod field {
    macro_rules! codes {
        ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
            $($(#[$doc])* pub const $name: &str = concat!("licence.field.", $code);)*
            /// Every code, so that a test can demand their texts.
            pub const CODES: &[&str] = &[$($name),*];
        };
    }

    codes! {
        /// Must be filled in.
        REQUIRED = "required";
        /// Too long.
        TOO_LONG = "too_long";
        /// Not the code of a type.
        TYPE_CODE = "type_code";
        /// Not a rule for numbers.
        NUMBER_RULE = "number_rule";
        /// Out of range.
        YEARS = "years";
        /// No line, or too many.
        FACE = "face";
        /// Not the holder's to change.
        NOT_AMENDABLE = "not_amendable";
        /// Too many papers.
        PROOFS = "proofs";
        /// Not within the statutory term.
        AMEND_DAYS = "amend_days";
        /// The licence has no such line, or none that may be changed.
        NO_SUCH_LINE = "no_such_line";
        /// It says so already.
        UNCHANGED = "unchanged";
        /// Nothing is to be changed.
        NOTHING_AMENDED = "nothing_amended";
        /// A paper is missing.
        PROOF_MISSING = "proof_missing";
        /// Another type issues it.
        ITEM_TAKEN = "item_taken";
    }
}
