//! `approval_payload`: what came on the department's own topic, one row a version.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_payload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_number: String,
    pub version: i64,
    pub kind: String,
    pub payload: SealedBytes,
    pub stored_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
