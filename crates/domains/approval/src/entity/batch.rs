//! `approval_batch`: one command for many cases, with who gave it, as he was then.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub department_id: Uuid,
    pub account_id: Uuid,
    pub actor: SealedBytes,
    pub command: String,
    pub words: SealedBytes,
    pub source: String,
    pub encoding: Option<String>,
    pub state: String,
    pub total: i32,
    pub created_at: DateTimeUtc,
    pub starts_at: Option<DateTimeUtc>,
    pub started_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
