//! `intake_batch_row`: a row of a batch: for whom, with which answers, and what became of it.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_batch_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub batch_id: Uuid,
    /// The row, from 1: once in its batch.
    pub seq: i32,
    /// Its line in the file.
    pub line: i64,
    pub answers: SealedBytes,
    pub person: SealedBytes,
    /// What is wrong, as JSON; without what was entered.
    #[sea_orm(column_type = "Text")]
    pub faults: String,
    pub state: String,
    pub application_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
