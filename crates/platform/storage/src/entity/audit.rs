//! `platform_audit`: append-only, one row per change or unmasked read.

use sea_orm::entity::prelude::*;

use crate::sealed::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_audit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub epoch: i64,
    pub xid: i64,
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub actor_id: Uuid,
    pub acting_as: String,
    pub action: String,
    pub object_kind: String,
    pub object_id: String,
    pub result: String,
    pub request_id: Uuid,
    pub mac: Vec<u8>,
    pub reason: Option<SealedBytes>,
}

impl ActiveModelBehavior for ActiveModel {}
