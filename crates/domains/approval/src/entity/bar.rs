//! `approval_commitment_bar`: one row for everybody who was barred from promises, and how it ended.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_commitment_bar")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub holder_bidx: Vec<u8>,
    pub organisation: bool,
    pub holder_name: SealedBytes,
    pub holder_id_number: SealedBytes,
    pub case_id: Uuid,
    pub case_number: String,
    pub item_name: String,
    pub department_id: Uuid,
    pub department_code: String,
    pub region: String,
    pub office: String,
    pub reason: SealedBytes,
    pub until_on: Date,
    pub made_by: String,
    pub made_at: DateTimeUtc,
    pub lift_proposer_id: Option<Uuid>,
    pub lift_proposer: Option<String>,
    pub lift_reason: Option<SealedBytes>,
    /// Whose deputy was who proposes to lift it: ids, as JSON.
    pub lift_stood_for: Option<String>,
    pub lifted_at: Option<DateTimeUtc>,
    pub lifted_by: Option<String>,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
