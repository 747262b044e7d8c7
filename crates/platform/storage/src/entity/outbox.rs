//! `platform_outbox`: events written with the change they tell of; for the table driver it is the
//! log itself.

use sea_orm::entity::prelude::*;

use crate::sealed::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub epoch: i64,
    pub xid: i64,
    pub id: Uuid,
    pub topic: String,
    pub shard: i32,
    pub key: String,
    pub kind: String,
    pub time: DateTimeUtc,
    pub version: i64,
    pub correlation_id: String,
    pub causation_id: Option<Uuid>,
    pub department_code: Option<String>,
    pub region_path: Option<String>,
    pub payload: SealedBytes,
}

impl ActiveModelBehavior for ActiveModel {}
