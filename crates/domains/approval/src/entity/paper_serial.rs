//! `approval_paper_serial`: the last serial given per department, kind and year.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_paper_serial")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub department_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    pub last: i64,
}

impl ActiveModelBehavior for ActiveModel {}
