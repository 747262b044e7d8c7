//! `event_member`: the consumers alive, each with the end of its lease.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub process: Uuid,
    pub group_name: String,
    pub lease_until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
