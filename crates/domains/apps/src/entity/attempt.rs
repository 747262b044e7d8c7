//! `apps_attempt`: one try to send a message.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "apps_attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub delivery_id: Uuid,
    pub at: DateTimeUtc,
    /// What the other system answered; none where no answer came.
    pub status: Option<i32>,
    /// Why there was none, as a word of ours; empty where there was.
    pub trouble: String,
    pub millis: i64,
}

impl ActiveModelBehavior for ActiveModel {}
