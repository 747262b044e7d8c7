//! What can go wrong in the catalogue, by stable codes; the texts lie in `locales/`.

use tb_kernel::fault_codes;
use tb_sheet::Unreadable;

fault_codes! {
    /// The catalogue's errors.
    pub enum Error in "catalogue" {
        /// No item of this code, or none within reach.
        ItemNotFound: NotFound = "item_not_found",
        /// The item is no longer offered.
        ItemWithdrawn { name: String }: NotFound = "item_withdrawn",
        /// No joint matter of this code, or none within reach.
        JointItemNotFound: NotFound = "joint_item_not_found",
        /// The joint matter is no longer offered.
        JointItemWithdrawn { name: String }: NotFound = "joint_item_withdrawn",
        /// The item never had this version.
        VersionNotFound { version: i64 }: NotFound = "version_not_found",
        /// Another item has this code.
        CodeTaken { code: String }: Conflict = "code_taken",
        /// Somebody else has changed the row since it was read.
        StaleVersion { by: String, at: String }: Conflict = "stale_version",
        /// There is nothing new to publish.
        Unchanged: Conflict = "unchanged",
        /// It has been submitted, and stays as it is until that is decided or taken back.
        UnderReview { by: String }: Conflict = "under_review",
        /// No such review, or none within reach.
        ReviewNotFound: NotFound = "review_not_found",
        /// It has been decided already.
        ReviewClosed: Conflict = "review_closed",
        /// Whoever wrote or submitted a version does not decide on it.
        OwnReview: Forbidden = "own_review",
        /// Note, reason or day are not right.
        ReviewInvalid: Invalid = "review_invalid",
        /// Only a published item can be withdrawn.
        NotPublished: Conflict = "not_published",
        /// The draft lacks what a draft must have.
        DraftInvalid: Invalid = "draft_invalid",
        /// The item is not fit to be published.
        NotPublishable: Invalid = "not_publishable",
        /// Answers to questions that the item does not ask.
        AnswersInvalid: Invalid = "answers_invalid",
        /// No such department, or none within reach.
        DepartmentNotFound: NotFound = "department_not_found",
        /// The department's data is not right.
        DepartmentInvalid: Invalid = "department_invalid",
        /// People can still apply online for items of the department.
        DepartmentInUse { items: u64 }: Conflict = "department_in_use",
        /// No such division.
        DivisionNotFound: NotFound = "division_not_found",
        /// The calendar does not cover this year.
        YearNotFound { year: i32 }: NotFound = "year_not_found",
        /// The calendar cannot take this import.
        CalendarInvalid { reason: String }: Invalid = "calendar_invalid",
        /// The import's request is not right.
        ImportInvalid: Invalid = "import_invalid",
        /// The file is not a list that can be read.
        FileUnreadable { reason: String }: Invalid = "file_unreadable",
        /// Only what is in force can be derived from.
        ParentUnpublished: Conflict = "parent_unpublished",
        /// The item is derived itself: chains are not made.
        ParentDerived: Conflict = "parent_derived",
        /// The item is derived from no other.
        NotDerived: Conflict = "not_derived",
        /// The item is made from its parent's newest version already.
        NotBehind: Conflict = "not_behind",
        /// No blank form or sample of this sum, or none that is published.
        FormFileNotFound: NotFound = "form_file_not_found",
        /// The files of a package are too large together.
        PackageFilesTooLarge { max: String }: Invalid = "package_files_too_large",
        /// The list lacks columns that every row needs.
        ColumnsMissing { columns: String }: Invalid = "columns_missing",
        /// The workbook lies under a password.
        WorkbookLocked: Invalid = "workbook_locked",
        /// A workbook of the old kind (.xls).
        WorkbookOld: Invalid = "workbook_old",
        /// More rows, text or merged cells than a list may have.
        ListTooLarge { max: usize }: Invalid = "list_too_large",
        /// The file is not a package of items.
        PackageUnreadable { reason: String }: Invalid = "package_unreadable",
        /// No base item of this code.
        BaseItemNotFound: NotFound = "base_item_not_found",
        /// The base item lacks something, or something in it is not right.
        BaseItemInvalid: Invalid = "base_item_invalid",
        /// A base item that was abolished is not changed any more.
        BaseItemAbolished: Conflict = "base_item_abolished",
        /// Only what is published can be abolished.
        BaseItemNotPublished: Conflict = "base_item_not_published",
        /// The file is neither a list nor a package of base items.
        BaseListUnreadable { reason: String }: Invalid = "base_list_unreadable",
        /// No such table of codes.
        CodeTableNotFound: NotFound = "code_table_not_found",
        /// What is written of a table of codes is not right.
        CodeTableInvalid: Invalid = "code_table_invalid",
        /// No such group of words.
        SynonymNotFound: NotFound = "synonym_not_found",
        /// The group of words is not right.
        SynonymInvalid: Invalid = "synonym_invalid",
        /// There are too many groups.
        SynonymsFull { max: u64 }: Conflict = "synonyms_full",
        /// More items than one file may hold.
        ExportTooLarge { max: u64 }: Invalid = "export_too_large",
        /// The file is over its bound.
        FileTooLarge { max: String }: TooLarge = "file_too_large",
    }
}

impl Error {
    /// Why a file is not a list; `otherwise` says what was expected of it.
    pub(crate) fn of_file(why: Unreadable, otherwise: fn(String) -> Self) -> Self {
        match why {
            Unreadable::Damaged(reason) => otherwise(reason),
            Unreadable::Columns(columns) => Self::ColumnsMissing {
                columns: columns.join("、"),
            },
            Unreadable::Locked => Self::WorkbookLocked,
            Unreadable::OldKind => Self::WorkbookOld,
            Unreadable::TooLarge { max } => Self::ListTooLarge { max },
        }
    }
}

/// Codes of single fields and rows: they stand in `fields` of a problem or in an import report.
pub mod field {
    macro_rules! codes {
        ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
            $($(#[$doc])* pub const $name: &str = concat!("catalogue.field.", $code);)*
            /// Every code, so that a test can demand their texts.
            pub const CODES: &[&str] = &[$($name),*];
        };
    }

    codes! {
        /// Must be filled in.
        REQUIRED = "required";
        /// Too long.
        TOO_LONG = "too_long";
        /// Not of the form of a code.
        CODE = "code";
        /// The credit code inside does not pass its check.
        CREDIT_CODE = "credit_code";
        /// An implementation code has 31 digits.
        CODE_LENGTH = "code_length";
        /// The digit behind the credit code is no level.
        CODE_LEVEL = "code_level";
        /// Not the level that the code names.
        LEVEL = "level";
        /// An item with a form is handled online too.
        WAY_ONLINE_MISSING = "way_online_missing";
        /// Without fees there is nothing to be paid at any time.
        FEE_GATE = "fee_gate";
        /// No organisation may apply for it.
        BATCH_AUDIENCE = "batch_audience";
        /// Each person makes his promise himself.
        BATCH_COMMITMENT = "batch_commitment";
        /// Each row would wait for signatures of its own.
        BATCH_SIGNERS = "batch_signers";
        /// A promise for materials beside one for the whole, without words of its own.
        PROMISE_WORDS = "promise_words";
        /// A field of the form does not fit into a cell.
        BATCH_FIELD = "batch_field";
        /// A row of the form would not say whom it is for.
        BATCH_NOBODY = "batch_nobody";
        /// There is no form.
        BATCH_OFFLINE = "batch_offline";
        /// The form has no such field.
        FORM_FIELD = "form_field";
        /// Only a number says how many.
        FEE_QUANTITY = "fee_quantity";
        /// Only a choice says whether, by values that it has.
        FEE_CONDITION = "fee_condition";
        /// Not an address on the web.
        URL = "url";
        /// An item is not its own neighbour.
        ITSELF = "itself";
        /// No item of this code.
        ITEM = "item";
        /// The business code does not belong to the implementation code.
        BUSINESS_CODE = "business_code";
        /// The code of an item cannot change.
        CODE_FIXED = "code_fixed";
        /// Another item has it.
        TAKEN = "taken";
        /// No file of this sum: it has to be brought again.
        FORM_FILE = "form_file";
        /// A derived item says here what its parent says.
        DERIVED = "derived";
        /// A derived item promises nothing later than its parent.
        DERIVED_TERM = "derived_term";
        /// An item is derived for another office.
        DERIVED_OFFICE = "derived_office";
        /// Package: there is no such parent here, or the item has been let go and says what is not its own.
        PACKAGE_PARENT = "package_parent";
        /// Package: the item has a parent here, and says what is not its own by any version of it.
        PACKAGE_STRANGE = "package_strange";
        /// No such department.
        DEPARTMENT = "department";
        /// The department takes no applications online.
        DEPARTMENT_DISABLED = "department_disabled";
        /// Out of the caller's reach.
        OUT_OF_REACH = "out_of_reach";
        /// The same key stands twice.
        DUPLICATE = "duplicate";
        /// No material of this id.
        MATERIAL = "material";
        /// Nobody of this post may examine cases.
        POST = "post";
        /// The register has no such type of licence.
        LICENCE_TYPE = "licence_type";
        /// No file is asked for, so nothing can take its place.
        LICENCE_NO_UPLOAD = "licence_no_upload";
        /// Every option of the question is barred.
        NO_WAY_THROUGH = "no_way_through";
        /// A term of length zero.
        TERM = "term";
        /// Promised later than the law allows.
        PROMISED_TOO_LATE = "promised_too_late";
        /// The steps take longer than promised.
        STEPS_TOO_LONG = "steps_too_long";
        /// Nobody applies for what is done ex officio.
        EX_OFFICIO = "ex_officio";
        /// An instant item is done on the spot.
        INSTANT = "instant";
        /// Out of its range.
        RANGE = "range";
        /// None of the item's conditions.
        CONDITION = "condition";
        /// No such question.
        QUESTION = "question";
        /// No such option.
        OPTION = "option";
        /// Not a division code.
        REGION = "region";
        /// A joint matter has two members or more.
        JOINT_MEMBERS = "joint_members";
        /// Not an item that can be applied for online.
        JOINT_ITEM = "joint_item";
        /// Not for everybody the joint matter is for.
        JOINT_AUDIENCE = "joint_audience";
        /// Signed by several, which a joint matter does not offer.
        JOINT_SIGNERS = "joint_signers";
        /// Signing has a term of some days.
        SIGNING_TERM = "signing_term";
        /// Without a form there is nothing to sign online.
        SIGNING_FORM = "signing_form";
        /// Without a form nobody can apply from elsewhere.
        CROSS_FORM = "cross_form";
        /// Whoever has to come does not apply wholly online.
        CROSS_VISITS = "cross_visits";
        /// The result has to reach somebody who is elsewhere.
        CROSS_DELIVERY = "cross_delivery";
        /// Counters take in nothing that several sign.
        CROSS_SIGNERS = "cross_signers";
        /// An item that others take in has a range.
        CROSS_SCOPE = "cross_scope";
        /// Outside the item's range.
        CROSS_PLACE = "cross_place";
        /// No member that stands before this one.
        JOINT_ORDER = "joint_order";
        /// A question of the member that the joint guide leaves open, or answers badly.
        JOINT_ANSWER = "joint_answer";
        /// The member has no such field or material.
        JOINT_PART = "joint_part";
        /// Another kind of field than the first.
        JOINT_KIND = "joint_kind";
        /// Row: the name is missing.
        ROW_NAME = "row_name";
        /// Row: the type is unknown.
        ROW_TYPE = "row_type";
        /// Row: the code stands twice in the file.
        ROW_DUPLICATE = "row_duplicate";
        /// Row: there is no item code; one was made of department and name.
        ROW_NO_CODE = "row_no_code";
        /// Row: the office's code is not a valid credit code.
        ROW_OFFICE_CODE = "row_office_code";
        /// Row: the department is not named.
        ROW_DEPARTMENT = "row_department";
        /// Package: an item cannot be read.
        PACKAGE_ITEM = "package_item";
        /// Package: an item is not fit to be published yet.
        PACKAGE_UNFIT = "package_unfit";
        /// Another number of columns than the headings have.
        ROW_SHAPE = "row_shape";
        /// An error page instead of a row.
        ROW_MARKUP = "row_markup";
        /// HTML entities, which were opened.
        ROW_ENTITIES = "row_entities";
        /// Row: a code that a spreadsheet turned into a number.
        CELL_ROUNDED = "cell_rounded";
        /// Row: a day, time or truth value in the place of words.
        CELL_CONVERTED = "cell_converted";
        /// Row: a formula.
        CELL_FORMULA = "cell_formula";
        /// Row: an error of a formula.
        CELL_ERROR = "cell_error";
        /// Row: merged cells.
        CELL_MERGED = "cell_merged";
        /// Row: the item has unpublished changes and was left alone.
        ROW_DRAFT = "row_draft";
        /// A base code has twelve letters and digits.
        BASE_CODE = "base_code";
        /// Another base code than the implementation code ends with.
        BASE_MISMATCH = "base_mismatch";
        /// The base catalogue has no such code.
        BASE_UNKNOWN = "base_unknown";
        /// The base item is abolished.
        BASE_ABOLISHED = "base_abolished";
        /// The base item is not in force yet.
        BASE_NOT_YET = "base_not_yet";
        /// Row: not levels of exercise.
        BASE_LEVELS = "base_levels";
        /// Row: not a term.
        BASE_TERM = "base_term";
        /// Row: not a day.
        BASE_DAY = "base_day";
        /// Row: the base item is abolished and was left alone.
        ROW_ABOLISHED = "row_abolished";
        /// Too many codes in one table.
        CODES_MANY = "codes_many";
        /// The table has no further codes.
        CODE_FOREIGN = "code_foreign";
        /// Rules depend on the code.
        CODE_NEEDED = "code_needed";
        /// Package: words that the tables of codes do not have.
        CODE_UNKNOWN = "code_unknown";
        /// The day is over.
        DAY_PAST = "day_past";
        /// The day is too far ahead.
        DAY_FAR = "day_far";
        /// Row: the item has been submitted for review and was left alone.
        ROW_REVIEW = "row_review";
        /// A group has two words or more.
        SYNONYM_FEW = "synonym_few";
        /// Too many words in one group.
        SYNONYM_MANY = "synonym_many";
        /// Too short or too long to be looked for.
        SYNONYM_LENGTH = "synonym_length";
        /// The word stands in another group.
        SYNONYM_TAKEN = "synonym_taken";
        /// Row: the item is withdrawn and was left alone.
        ROW_WITHDRAWN = "row_withdrawn";
        /// Row: it is merged into a described item.
        ROW_MERGED = "row_merged";
    }
}
