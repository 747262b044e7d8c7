//! `hall_site`: a service place in its newest version.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hall_site")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub department_id: Uuid,
    pub department_code: String,
    pub region: String,
    pub version: i64,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub saved_at: DateTimeUtc,
    pub saved_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
