//! `insight_day`: the rollup: how often something happened on a day, per office and item; for times
//! per bucket of minutes.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub department_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: i32,
    /// Year and month: 202611.
    pub month: i32,
    pub amount: i32,
    pub minutes: i32,
}

impl ActiveModelBehavior for ActiveModel {}
