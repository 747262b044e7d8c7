//! `insight_delta`: differences that wait to be added up.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_delta")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub day: Date,
    pub department_code: String,
    pub item_code: String,
    pub region: String,
    pub what: String,
    pub bucket: i32,
    pub minutes: i32,
}

impl ActiveModelBehavior for ActiveModel {}
