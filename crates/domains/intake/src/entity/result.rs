//! `intake_result`: results that an office attached to a case; of those of one name the last counts.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_result")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    /// Version of the case that it came with.
    pub case_version: i64,
    pub office: String,
    /// What it is, with its file.
    pub result: SealedBytes,
    pub attached_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
