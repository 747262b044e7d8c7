//! `platform_idempotency`: the stored answer of each request that carried a key.

use sea_orm::entity::prelude::*;

use crate::sealed::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_idempotency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub fingerprint: Vec<u8>,
    pub answer: Option<SealedBytes>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
