//! `intake_application`: the applicant's side of a case. `state` is intake's own for `draft` and
//! the first `submitted`; from then on it mirrors the case as far as `case_version`.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_application")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Case number, given at submission.
    pub number: Option<String>,
    pub account_id: Uuid,
    pub item_code: String,
    pub item_version: i64,
    pub form_version: i64,
    pub calendar_version: String,
    pub item_name: String,
    pub department_code: String,
    pub department_name: String,
    pub region: String,
    pub channel: String,
    pub state: String,
    /// Version of the case that the mirror shows; 0: the department has not spoken.
    pub case_version: i64,
    /// Number of changes sent to the centre, without gaps.
    pub change_version: i64,
    /// Optimistic version of the row.
    pub version: i64,
    /// Who wrote last: `self`, or the office's name.
    pub updated_by: String,
    pub timeline_length: i32,
    #[sea_orm(column_type = "Text")]
    pub situation_answers: String,
    /// Answers as handed in; of a draft: as far as written.
    pub form: SealedBytes,
    /// Working copy while a correction is being written.
    pub form_draft: Option<SealedBytes>,
    pub applicant: SealedBytes,
    pub applicant_name_bidx: Vec<u8>,
    pub applicant_id_bidx: Vec<u8>,
    pub query_password: Option<String>,
    pub correction: Option<SealedBytes>,
    pub correction_open: bool,
    /// Materials that follow later, as JSON; no personal data.
    #[sea_orm(column_type = "Text", nullable)]
    pub deferred: Option<String>,
    pub withdrawal_pending: bool,
    pub result: Option<String>,
    /// A revocation that is meant, or was done: what the holder was told.
    pub revocation: Option<SealedBytes>,
    /// Last day for the holder's statement, while he owes none.
    pub answer_until: Option<Date>,
    pub revoked_at: Option<DateTimeUtc>,
    pub applicant_due: Option<Date>,
    pub legal_due: Option<Date>,
    pub promised_due: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub derivation: Option<String>,
    /// How the result is to reach him.
    pub delivery: Option<SealedBytes>,
    /// How far it has come, as the office told.
    pub delivery_told: Option<SealedBytes>,
    /// How the fee stands, as the office told.
    pub fee: Option<SealedBytes>,
    /// Last day for paying, while it is to be paid.
    pub fee_due: Option<Date>,
    pub papers: Option<SealedBytes>,
    pub rated: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub submitted_at: Option<DateTimeUtc>,
    /// The application of the whole joint matter that this one belongs to.
    pub joint_id: Option<Uuid>,
    /// Of the whole: what it is pinned to and how far it is, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub joint_plan: Option<String>,
    /// `merged` where it is, or belongs to, a joint matter that is answered as one: what is to be corrected
    /// in its items is corrected on the whole.
    pub joint_answer: Option<String>,
    /// Account of who acts for the applicant, where somebody with an account does.
    pub proxy_id: Option<Uuid>,
    /// The authorisation given online by which he does.
    pub proxy_mandate_id: Option<Uuid>,
    /// Where it is proved by a paper among the materials: which relation that proves.
    pub proxy_proof: Option<String>,
    /// His last day.
    pub proxy_until: Option<Date>,
    /// The day on which it was ended before.
    pub proxy_ended_on: Option<Date>,
    /// Who he is.
    pub proxy: Option<SealedBytes>,
    /// Last day for signing, while co-applicants are asked for it or have signed: a frozen draft.
    pub signing_until: Option<Date>,
    /// The batch that it was handed in with.
    pub batch_id: Option<Uuid>,
    /// Which row of it this is, as JSON; nobody named.
    #[sea_orm(column_type = "Text", nullable)]
    pub batch: Option<String>,
    /// The assistant who may reach the draft by the applicant's consent, until when, and whether he may
    /// `fill` in or only `look`.
    pub assistant_id: Option<Uuid>,
    pub assist_until: Option<Date>,
    pub assist_may: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
