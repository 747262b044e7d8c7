//! `approval_archive_place`: the place of a case in its fonds. It is given once and kept, also where
//! the case is sent back and handed over anew, so that a year has no gaps.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_archive_place")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    pub fonds: String,
    pub year: i32,
    pub serial: i64,
}

impl ActiveModelBehavior for ActiveModel {}
