//! `governance_cursor`: how far the intake API has been read.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "governance_cursor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub cursor: String,
    pub moved_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
