//! `governance_channel`: one row a case.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "governance_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: String,
    pub item_name: String,
    pub department_code: String,
    pub region: String,
    pub application_version: i64,
    pub case_version: i64,
    pub case_state: String,
    pub taken_at: DateTimeUtc,
    pub fed_back_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
