//! `hall_item`: read copy of the items, as far as places are chosen by it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hall_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub version: i64,
    pub name: String,
    pub department_code: String,
    pub region: String,
    /// Whether a visit can be booked, while it is in force.
    pub bookable: bool,
    pub in_hall: bool,
}

impl ActiveModelBehavior for ActiveModel {}
