//! `approval_archive_serial`: the last serial (件号) given per fonds and year.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_archive_serial")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub fonds: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    pub last: i64,
}

impl ActiveModelBehavior for ActiveModel {}
