//! `licence_event`: the history of a licence; rows are only added.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "licence_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub licence_id: Uuid,
    pub seq: i32,
    pub kind: String,
    pub at: DateTimeUtc,
    pub actor_id: Uuid,
    pub actor_name: String,
    pub from_state: String,
    pub to_state: String,
    pub detail: SealedBytes,
}

impl ActiveModelBehavior for ActiveModel {}
