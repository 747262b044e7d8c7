//! `intake_vault_file`: files of an edition; the bytes are shared with the applications by address.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_vault_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub document_id: Uuid,
    pub seq: i32,
    pub file_name: SealedBytes,
    pub media_type: String,
    pub size: i64,
    pub blob: String,
}

impl ActiveModelBehavior for ActiveModel {}
