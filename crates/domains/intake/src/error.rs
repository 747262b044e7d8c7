//! What intake refuses, with stable codes; the texts are in `locales/`.

use tb_kernel::{Fault, FieldFault, fault_codes};

fault_codes! {
    /// Errors of intake.
    pub enum Error in "intake" {
        /// No such application, or somebody else's.
        ApplicationNotFound: NotFound = "application_not_found",
        /// No such material.
        MaterialNotFound: NotFound = "material_not_found",
        /// No such message.
        MessageNotFound: NotFound = "message_not_found",
        /// No such paper.
        PaperNotFound: NotFound = "paper_not_found",
        /// The paper has not been rendered yet.
        PaperNotReady: Unavailable = "paper_not_ready",
        /// No such item.
        ItemNotFound: NotFound = "item_not_found",
        /// An item of the joint matter is not offered any more.
        JointItemMissing: Conflict = "joint_item_missing",
        /// One rating is given for the whole joint matter.
        JointRatedWhole: Conflict = "joint_rated_whole",
        /// What is to be corrected in an item is corrected on the whole.
        JointCorrectWhole: Conflict = "joint_correct_whole",
        /// The item was withdrawn.
        ItemWithdrawn: Conflict = "item_withdrawn",
        /// The office acts of itself; nobody applies.
        ItemExOfficio: Invalid = "item_ex_officio",
        /// Not to be applied for online.
        ItemNotOnline: Invalid = "item_not_online",
        /// The item is for others.
        AudienceMismatch: Invalid = "audience_mismatch",
        /// Nothing is known of the applicant.
        ProfileMissing: Forbidden = "profile_missing",
        /// An answer of the situation guide is wrong.
        SituationInvalid: Invalid = "situation_invalid",
        /// With this answer the item cannot be applied for.
        SituationBarred: Invalid = "situation_barred",
        /// Something of the application has to be mended; see the fields.
        ApplicationInvalid: Invalid = "application_invalid",
        /// Something of the form has to be mended; see the fields.
        FormInvalid: Invalid = "form_invalid",
        /// The application is with the department.
        NotEditable: Conflict = "not_editable",
        /// Submitted already.
        AlreadySubmitted { case_number: String }: Conflict = "already_submitted",
        /// No correction is asked for.
        NothingToCorrect: Conflict = "nothing_to_correct",
        /// Nothing is owed.
        NothingOwed: Conflict = "nothing_owed",
        /// No file of an owed material is there.
        NothingSupplied: Invalid = "nothing_supplied",
        /// The correction leaves something out; see the fields.
        CorrectionIncomplete: Invalid = "correction_incomplete",
        /// Over 50 MiB.
        MaterialTooLarge { max: &'static str }: TooLarge = "material_too_large",
        /// Not one of the kinds of file taken, or its name says otherwise.
        MaterialType { allowed: &'static str }: Invalid = "material_type",
        /// Nothing in it.
        MaterialEmpty: Invalid = "material_empty",
        /// The item does not ask for this material, or it may not be changed now.
        MaterialNotAsked: Invalid = "material_not_asked",
        /// Too many files.
        MaterialCount { max: u64 }: Invalid = "material_count",
        /// The upload broke off or is not in the expected form.
        MaterialUpload: Invalid = "material_upload",
        /// Too many uploads at once.
        UploadsBusy: Unavailable = "uploads_busy",
        /// The applicant is barred from promises.
        CommitmentBarred { until: String, office: String }: Conflict = "commitment_barred",
        /// The name is not that of whoever is to sign.
        SignatureWrong: Invalid = "signature_wrong",
        /// Nobody asks for a statement, or its days are over.
        NothingToState: Conflict = "nothing_to_state",
        /// The result is on its way, or there is nothing to choose.
        DeliverySettled: Conflict = "delivery_settled",
        /// There is no fee about which this can be asked now.
        FeeNotAskable: Conflict = "fee_not_askable",
        /// A letter without words.
        LetterEmpty: Invalid = "letter_empty",
        /// A letter that is too long.
        LetterTooLong { max: usize }: Invalid = "letter_too_long",
        /// The applicant has written often enough today.
        LettersTooMany { max: u64 }: Limited = "letters_too_many",
        /// No office has the case.
        NobodyToWriteTo: Conflict = "nobody_to_write_to",
        /// Nothing waits for the applicant's confirmation.
        NothingToConfirm: Conflict = "nothing_to_confirm",
        /// A draft is deleted, not withdrawn.
        DraftNotWithdrawable: Conflict = "draft_not_withdrawable",
        /// Decided or ended.
        NotWithdrawable: Conflict = "not_withdrawable",
        /// Asked for already.
        WithdrawalPending: Conflict = "withdrawal_pending",
        /// Only drafts can be deleted or get other situation answers.
        NotDraft: Conflict = "not_draft",
        /// The case is not closed yet.
        NotRatable: Conflict = "not_ratable",
        /// Rated already.
        AlreadyRated: Conflict = "already_rated",
        /// A wrong level or tag.
        RatingInvalid: Invalid = "rating_invalid",
        /// A reason is wanted, of bounded length.
        ReasonInvalid { max: usize }: Invalid = "reason_invalid",
        /// Number or password wrong.
        ProgressNotFound: NotFound = "progress_not_found",
        /// No case number is left for this division and day.
        SerialExhausted: Unavailable = "serial_exhausted",
        /// No such document in the caller's vault.
        VaultDocumentNotFound: NotFound = "vault_document_not_found",
        /// The applicant holds no such licence that is in force and may be taken here.
        LicenceNotHeld: NotFound = "licence_not_held",
        /// The document is no longer good.
        VaultDocumentOver: Conflict = "vault_document_over",
        /// Something of the document has to be mended; see the fields.
        VaultInvalid: Invalid = "vault_invalid",
        /// The vault is full.
        VaultFull { max: u64 }: Invalid = "vault_full",
        /// Only a clerk at a counter, or a kiosk, hands in by this channel.
        ChannelReserved: Invalid = "channel_reserved",
        /// Not the browser of a kiosk, or one that was shut off.
        NotAtKiosk: Forbidden = "not_at_kiosk",
        /// The office does not offer the item at kiosks.
        ItemNotAtKiosk: Invalid = "item_not_at_kiosk",
        /// No such call within reach.
        CallNotFound: NotFound = "call_not_found",
        /// Somebody else goes.
        CallTaken { by: String }: Conflict = "call_taken",
        /// It was taken back.
        CallOver: Conflict = "call_over",
        /// Whoever takes in at a counter needs an office.
        CounterMissing: Forbidden = "counter_missing",
        /// This counter does not take the item in.
        CounterItem: Invalid = "counter_item",
        /// The item of another division is not taken in here.
        CrossRegionItem { item: String, department: String }: Invalid = "cross_region_item",
        /// The identity document was not compared.
        IdUnchecked: Invalid = "id_unchecked",
        /// Whoever stands there has not agreed.
        ConsentMissing: Invalid = "consent_missing",
        /// Something of who stands there has to be mended; see the fields.
        PresentInvalid: Invalid = "present_invalid",
        /// The item is not taken from proxies.
        ProxyNotAllowed { item: String }: Conflict = "proxy_not_allowed",
        /// The caller holds no such authorisation today.
        ProxyNotHeld: Conflict = "proxy_not_held",
        /// The authorisation does not cover the item.
        ProxyOutOfScope: Conflict = "proxy_out_of_scope",
        /// Only citizens act for citizens.
        ProxyPersonsOnly: Forbidden = "proxy_persons_only",
        /// Something of who is acted for has to be mended; see the fields.
        ProxyInvalid: Invalid = "proxy_invalid",
        /// The applicant does this himself.
        ProxyNotThis: Forbidden = "proxy_not_this",
        /// Nobody acts for the applicant.
        ProxyNone: Conflict = "proxy_none",
        /// The item is applied for alone.
        SignersNotAsked: Conflict = "signers_not_asked",
        /// Something of the co-applicants has to be mended; see the fields.
        SignersInvalid: Invalid = "signers_invalid",
        /// Co-applicants are signing: the draft stays as it is until the request is taken back.
        SigningOpen: Conflict = "signing_open",
        /// No request for signatures is open.
        SigningNotOpen: Conflict = "signing_not_open",
        /// What is to be signed is not what the page showed.
        SigningChanged: Conflict = "signing_changed",
        /// The term for signing has passed.
        SigningOver: Conflict = "signing_over",
        /// The caller has signed.
        SignedAlready: Conflict = "signed_already",
        /// The applicant has entered another name than the caller's.
        SignerNamedWrong { name: String }: Conflict = "signer_named_wrong",
        /// Urged today already.
        UrgedToday: Conflict = "urged_today",
        /// Asked and taken back again and again on one day.
        AskedOften { times: u64 }: Conflict = "asked_often",
        /// Not everybody has signed; see the fields.
        SignaturesMissing: Invalid = "signatures_missing",
        /// A counter takes in nothing that several sign.
        CounterSigners { item: String }: Conflict = "counter_signers",
        /// A joint matter takes in nothing that several sign.
        JointSigners { item: String }: Conflict = "joint_signers",
        /// No such batch.
        BatchNotFound: NotFound = "batch_not_found",
        /// The item is not taken in batches.
        BatchNotOffered { item: String }: Conflict = "batch_not_offered",
        /// Only organisations apply for many at once, for items that let them.
        BatchOrganisations: Forbidden = "batch_organisations",
        /// Handed in already.
        BatchSubmitted { number: String }: Conflict = "batch_submitted",
        /// There are no rows, or not all of them are fit.
        BatchUnchecked: Conflict = "batch_unchecked",
        /// Somebody else, or another enterprise, than the rows were tried for.
        BatchApplicantChanged: Conflict = "batch_applicant_changed",
        /// A row that the platform could not hand in, however often it tried.
        BatchRowFailed: Conflict = "batch_row_failed",
        /// Something has to be mended; see the fields.
        BatchInvalid: Invalid = "batch_invalid",
        /// Neither a workbook nor CSV.
        SheetUnreadable: Invalid = "sheet_unreadable",
        /// Columns that every row needs are not there.
        SheetColumns { columns: String }: Invalid = "sheet_columns",
        /// A workbook under a password.
        SheetLocked: Invalid = "sheet_locked",
        /// A workbook of the old kind.
        SheetOld: Invalid = "sheet_old",
        /// No row is filled in.
        SheetEmpty: Invalid = "sheet_empty",
        /// More rows than the item takes at once.
        SheetRows { max: usize }: Invalid = "sheet_rows",
        /// No such request for help within reach.
        AssistNotFound: NotFound = "assist_not_found",
        /// There is a request for it already.
        AssistOpen: Conflict = "assist_open",
        /// Something of the request has to be mended; see the fields.
        AssistInvalid: Invalid = "assist_invalid",
        /// Another assistant has it.
        AssistTaken { name: String }: Conflict = "assist_taken",
        /// Another assistant has it, and he alone goes on with it.
        AssistNotYours { name: String }: Forbidden = "assist_not_yours",
        /// The request is over.
        AssistClosed: Conflict = "assist_closed",
        /// No assistant has taken it yet.
        AssistNotTaken: Conflict = "assist_not_taken",
        /// The request moved on.
        AssistMoved: Conflict = "assist_moved",
        /// There is no draft yet.
        AssistNoDraft: Conflict = "assist_no_draft",
        /// The applicant lets no assistant into the draft, or does so no longer.
        AssistNoConsent: Forbidden = "assist_no_consent",
        /// The applicant lets the assistant look, and no more.
        AssistLookOnly: Forbidden = "assist_look_only",
        /// Nobody of the office who helps.
        AssistColleague: Invalid = "assist_colleague",
        /// The applicant has not looked at what was filled in for him.
        AssistUnchecked { count: u64 }: Conflict = "assist_unchecked",
        /// The application moved on.
        StaleVersion { by: String, at: String }: Conflict = "stale_version",
    }
}

/// Codes of faults of single fields.
pub const FIELD_CODES: &[&str] = &[
    field::SITUATION_REQUIRED,
    field::SITUATION_UNKNOWN,
    field::SITUATION_BARRED,
    field::NOT_VERIFIED,
    field::MATERIAL_REQUIRED,
    field::MATERIAL_UNKNOWN,
    field::MATERIAL_OVER,
    field::LICENCE_ENDED,
    field::LICENCE_NOT_HIS,
    field::VAULT_NAME,
    field::VAULT_DAY,
    field::PROMISE_REQUIRED,
    field::PROMISE_DAY,
    field::NOT_DEFERRABLE,
    field::COMMITMENT_NOT_OFFERED,
    field::CORRECTION_UNCHANGED,
    field::RATING_LEVEL,
    field::RATING_TAG,
    field::DELIVERY_WAY,
    field::DELIVERY_RECIPIENT,
    field::DELIVERY_PHONE,
    field::DELIVERY_ADDRESS,
    field::COUNTER_NAME,
    field::PAPER_REQUIRED,
    field::PAPER_UNKNOWN,
    field::BATCH_TWICE,
    field::ROW_SHAPE,
    field::ROW_MARKUP,
    field::CELL_ROUNDED,
    field::CELL_CONVERTED,
    field::CELL_FORMULA,
    field::CELL_ERROR,
    field::CELL_MERGED,
    field::PROXY_ONESELF,
    field::PROXY_NOT_YET,
    field::PROXY_OVER,
    field::PROXY_TOO_LONG,
    field::SIGNERS_MANY,
    field::SIGNERS_FEW,
    field::SIGNER_ONESELF,
    field::SIGNER_TWICE,
    field::SIGNER_MISSING,
    field::ASSIST_REASON,
    field::ASSIST_ADDRESS,
    field::ASSIST_GROUND,
    field::ASSIST_WORDS,
    field::ASSIST_OUTCOME,
    field::ASSIST_DAY,
    field::ASSIST_PAPER,
    field::ASSIST_MAY,
    field::ASSIST_UNTIL,
    field::TOO_LONG,
];

/// Codes of faults of single fields, by name.
pub(crate) mod field {
    pub const SITUATION_REQUIRED: &str = "intake.field.situation_required";
    pub const SITUATION_UNKNOWN: &str = "intake.field.situation_unknown";
    pub const SITUATION_BARRED: &str = "intake.field.situation_barred";
    pub const NOT_VERIFIED: &str = "intake.field.not_verified";
    pub const MATERIAL_REQUIRED: &str = "intake.field.material_required";
    pub const MATERIAL_UNKNOWN: &str = "intake.field.material_unknown";
    pub const MATERIAL_OVER: &str = "intake.field.material_over";
    pub const LICENCE_ENDED: &str = "intake.field.licence_ended";
    pub const LICENCE_NOT_HIS: &str = "intake.field.licence_not_his";
    pub const VAULT_NAME: &str = "intake.field.vault_name";
    pub const VAULT_DAY: &str = "intake.field.vault_day";
    pub const PROMISE_REQUIRED: &str = "intake.field.promise_required";
    pub const PROMISE_DAY: &str = "intake.field.promise_day";
    pub const NOT_DEFERRABLE: &str = "intake.field.not_deferrable";
    pub const COMMITMENT_NOT_OFFERED: &str = "intake.field.commitment_not_offered";
    pub const CORRECTION_UNCHANGED: &str = "intake.field.correction_unchanged";
    pub const RATING_LEVEL: &str = "intake.field.rating_level";
    pub const RATING_TAG: &str = "intake.field.rating_tag";
    pub const DELIVERY_WAY: &str = "intake.field.delivery_way";
    pub const DELIVERY_RECIPIENT: &str = "intake.field.delivery_recipient";
    pub const DELIVERY_PHONE: &str = "intake.field.delivery_phone";
    pub const DELIVERY_ADDRESS: &str = "intake.field.delivery_address";
    pub const COUNTER_NAME: &str = "intake.field.counter_name";
    pub const PAPER_REQUIRED: &str = "intake.field.paper_required";
    pub const PAPER_UNKNOWN: &str = "intake.field.paper_unknown";
    pub const BATCH_TWICE: &str = "intake.field.batch_twice";
    pub const ROW_SHAPE: &str = "intake.field.row_shape";
    pub const ROW_MARKUP: &str = "intake.field.row_markup";
    pub const CELL_ROUNDED: &str = "intake.field.cell_rounded";
    pub const CELL_CONVERTED: &str = "intake.field.cell_converted";
    pub const CELL_FORMULA: &str = "intake.field.cell_formula";
    pub const CELL_ERROR: &str = "intake.field.cell_error";
    pub const CELL_MERGED: &str = "intake.field.cell_merged";
    pub const PROXY_ONESELF: &str = "intake.field.proxy_oneself";
    pub const PROXY_NOT_YET: &str = "intake.field.proxy_not_yet";
    pub const PROXY_OVER: &str = "intake.field.proxy_over";
    pub const PROXY_TOO_LONG: &str = "intake.field.proxy_too_long";
    pub const SIGNERS_MANY: &str = "intake.field.signers_many";
    pub const SIGNERS_FEW: &str = "intake.field.signers_few";
    pub const SIGNER_ONESELF: &str = "intake.field.signer_oneself";
    pub const SIGNER_TWICE: &str = "intake.field.signer_twice";
    pub const SIGNER_MISSING: &str = "intake.field.signer_missing";
    pub const ASSIST_REASON: &str = "intake.field.assist_reason";
    pub const ASSIST_ADDRESS: &str = "intake.field.assist_address";
    pub const ASSIST_GROUND: &str = "intake.field.assist_ground";
    pub const ASSIST_WORDS: &str = "intake.field.assist_words";
    pub const ASSIST_OUTCOME: &str = "intake.field.assist_outcome";
    pub const ASSIST_DAY: &str = "intake.field.assist_day";
    pub const ASSIST_PAPER: &str = "intake.field.assist_paper";
    pub const ASSIST_MAY: &str = "intake.field.assist_may";
    pub const ASSIST_UNTIL: &str = "intake.field.assist_until";
    pub const TOO_LONG: &str = "intake.field.too_long";
}

/// A fault of one field, whose text the edge fills in.
pub(crate) fn fault_at(path: String, code: &str, args: &[(&str, &str)]) -> FieldFault {
    let args = args
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    FieldFault {
        path,
        code: code.to_owned(),
        args,
        message: String::new(),
    }
}

/// The same error with the fields that are wrong.
pub(crate) fn with_fields(error: Error, fields: Vec<FieldFault>) -> Fault {
    Fault {
        fields,
        ..error.into()
    }
}
