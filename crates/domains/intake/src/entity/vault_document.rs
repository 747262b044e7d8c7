//! `intake_vault_document`: one kind of paper that a person or an enterprise has given. Who and
//! what is found by blind index only: even the names of papers say much about people.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_vault_document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_bidx: Vec<u8>,
    pub kind_bidx: Vec<u8>,
    pub name: SealedBytes,
    /// The edition in force, counted from 1; 0 until the first is there.
    pub edition: i32,
    /// Optimistic version of the row.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
