//! `job_queue`: jobs to be done, and dead ones. What is done is deleted.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_queue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub key: Option<String>,
    pub args: SealedBytes,
    /// Grows when the same key is enqueued again.
    pub generation: i64,
    pub state: String,
    pub run_at: DateTimeUtc,
    pub attempts: i32,
    pub owner: Option<Uuid>,
    pub lease_until: Option<DateTimeUtc>,
    pub code: String,
    pub error: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
