//! `intake_rating`: one per application.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_rating")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    pub level: i32,
    #[sea_orm(column_type = "Text")]
    pub tags: String,
    pub comment: SealedBytes,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
