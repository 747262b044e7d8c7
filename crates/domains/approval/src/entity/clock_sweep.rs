//! `approval_clock_sweep`: walks over all clocks. `position` is the last case that one has passed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_clock_sweep")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub calendar_version: String,
    pub started_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    pub position: Option<Uuid>,
    pub looked_at: i64,
    pub moved: i64,
}

impl ActiveModelBehavior for ActiveModel {}
