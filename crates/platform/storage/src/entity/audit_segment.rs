//! `platform_audit_segment`: heads of the chain over the audit rows.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_audit_segment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub rows: i32,
    pub last_epoch: i64,
    pub last_xid: i64,
    pub last_seq: i64,
    pub head: Vec<u8>,
    pub sealed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
