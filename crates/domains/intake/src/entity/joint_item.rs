//! `intake_joint_item`: read copies of published joint matters, every version for good.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_joint_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub withdrawn: bool,
    pub published_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
