//! `approval_case`: one row a case. Columns that end in `_until`, and the two beside them, are a
//! cache of the clocks; what they hold is written at [`crate::model::light::Cache`].

#![expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_case")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub department_code: String,
    pub department_id: Uuid,
    pub region: String,
    pub item_code: String,
    pub item_version: i64,
    pub item_name: String,
    pub calendar_version: String,
    pub application_id: Uuid,
    pub channel: String,
    pub state: String,
    pub running: bool,
    pub step_index: i32,
    pub step_id: Option<String>,
    pub step_name: Option<String>,
    pub waits_for: Option<String>,
    pub organisation: bool,
    pub applicant_name: SealedBytes,
    pub applicant_name_bidx: Vec<u8>,
    pub applicant_id_number: SealedBytes,
    pub applicant_id_number_bidx: Vec<u8>,
    pub applicant_phone: SealedBytes,
    pub applicant_phone_bidx: Vec<u8>,
    pub payload_version: i64,
    pub dossier: SealedBytes,
    pub materials: SealedBytes,
    pub submitted_at: DateTimeUtc,
    pub received_at: Option<DateTimeUtc>,
    pub accepted_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    /// When it came to an end, whichever: of a case that is closed, its closure.
    pub ended_at: Option<DateTimeUtc>,
    pub result: Option<String>,
    pub revoked_at: Option<DateTimeUtc>,
    pub commitment: Option<String>,
    pub check_stage: Option<String>,
    pub check_until: Option<DateTimeUtc>,
    pub escalation_at: Option<DateTimeUtc>,
    pub open_orders: i32,
    /// Since when a letter of the applicant waits for an answer.
    pub letter_since: Option<DateTimeUtc>,
    /// Where somebody acts for the applicant by a paper: which relation that proves.
    pub proxy_proof: Option<String>,
    /// What its fee waits for, or how it ended: the stage of its last order.
    pub fee_stage: Option<String>,
    pub acceptance_until: Option<DateTimeUtc>,
    pub applicant_until: Option<DateTimeUtc>,
    pub applicant_alarm_at: Option<DateTimeUtc>,
    pub legal_until: Option<DateTimeUtc>,
    pub promised_until: Option<DateTimeUtc>,
    pub step_until: Option<DateTimeUtc>,
    pub delivery_until: Option<DateTimeUtc>,
    pub yellow_from: Option<DateTimeUtc>,
    pub paused_since: Option<DateTimeUtc>,
    pub due_until: DateTimeUtc,
    pub due_kind: Option<String>,
    pub provisional: bool,
    pub alarm: Option<String>,
    pub clocks_at: DateTimeUtc,
    pub withdrawal_pending: bool,
    pub version: i64,
    pub handler_id: Option<Uuid>,
    pub handler_name: Option<String>,
    pub changed_at: DateTimeUtc,
    pub changed_by: String,
    /// The joint matter that it is part of, as last heard: a `JointRef` as JSON, nobody named.
    #[sea_orm(column_type = "Text", nullable)]
    pub joint: Option<String>,
    /// The department of the counter that took it in, where that is another one.
    pub counter_id: Option<Uuid>,
    /// How many materials lie there on paper.
    pub counter_papers: i32,
    /// Where the result is between office and counter; see [`crate::model::relay::ResultAt`].
    pub result_at: Option<String>,
    /// Number of the receipt of the batch that it was handed in with (批量申办).
    pub batch_number: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
