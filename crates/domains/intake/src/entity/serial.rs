//! `intake_serial`: the last serial given per division and day.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_serial")]
pub struct Model {
    /// Division and day: `43010220261122`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub last: i64,
}

impl ActiveModelBehavior for ActiveModel {}
