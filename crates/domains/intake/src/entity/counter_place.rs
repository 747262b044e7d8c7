//! `intake_counter_place`: where counters take an item in for its office though it belongs to another
//! division (异地代收): how the codes of their divisions begin.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_counter_place")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    /// Version of the item that says so.
    pub version: i64,
    /// Nothing: the whole country.
    pub division: String,
}

impl ActiveModelBehavior for ActiveModel {}
