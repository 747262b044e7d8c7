//! `insight_told`: what was last told to others, so that only what is new is told.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: String,
    /// What was said, as JSON.
    #[sea_orm(column_type = "Text")]
    pub said: String,
    pub version: i64,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
