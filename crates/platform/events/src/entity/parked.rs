//! `event_parked`: events that failed and what waits behind them. The payload stays in the outbox.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_parked")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub group_name: String,
    pub topic: String,
    pub shard: i32,
    pub key: String,
    pub event_id: Uuid,
    pub kind: String,
    pub version: i64,
    pub event_time: DateTimeUtc,
    pub state: String,
    pub reason: String,
    pub code: String,
    pub error: String,
    pub attempts: i32,
    pub next_at: DateTimeUtc,
    pub parked_at: DateTimeUtc,
    pub epoch: i64,
    pub xid: i64,
    pub seq: i64,
}

impl ActiveModelBehavior for ActiveModel {}
