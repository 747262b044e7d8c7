//! `interaction_task_event`: what happened to a task, never changed.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interaction_task_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub task_id: Uuid,
    pub seq: i32,
    pub kind: String,
    pub at: DateTimeUtc,
    pub actor_id: Uuid,
    /// Staff by name; empty for the citizen and the platform.
    pub actor_name: String,
    pub to_state: String,
    pub detail: SealedBytes,
}

impl ActiveModelBehavior for ActiveModel {}
