//! `intake_batch`: applications of an organisation for many persons at once: what is applied for, who
//! applies, and how far it has come.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Number of the receipt, given at the submission.
    #[sea_orm(unique)]
    pub number: Option<String>,
    pub account_id: Uuid,
    pub item_code: String,
    /// Pins item and form.
    pub item_version: i64,
    pub item_name: String,
    pub department_name: String,
    pub region: String,
    /// The calendar by which terms begin.
    pub calendar_version: String,
    /// Answered once for all rows.
    #[sea_orm(column_type = "Text")]
    pub situation_answers: String,
    pub applicant: SealedBytes,
    /// Whoever submitted it, as he was then: the rows are handed in in his name.
    pub actor: Option<SealedBytes>,
    /// Query password of all rows, until the last of them has it.
    pub query_password: Option<SealedBytes>,
    pub state: String,
    pub rows: i32,
    /// Optimistic version of the row.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub submitted_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
