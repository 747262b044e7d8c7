//! `event_offset`: how far a group has come in a shard of a topic, and which member owns the shard.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_offset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub shard: i32,
    pub owner: Option<Uuid>,
    pub epoch: i64,
    pub xid: i64,
    pub seq: i64,
}

impl ActiveModelBehavior for ActiveModel {}
