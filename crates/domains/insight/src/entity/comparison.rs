//! `insight_comparison`: what came of comparing the sums with the rows.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_comparison")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub from_day: Date,
    pub compared: i32,
    /// The differences, as JSON.
    #[sea_orm(column_type = "Text")]
    pub differences: String,
}

impl ActiveModelBehavior for ActiveModel {}
