//! `event_inbox`: what a group has handled; an event in it has no second effect.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_inbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub group_name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    pub outcome: String,
    pub handled_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
