//! `licence_type`: one row a type, in its newest version.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "licence_type")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub version: i64,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub saved_at: DateTimeUtc,
    pub saved_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
