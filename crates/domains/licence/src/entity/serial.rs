//! `licence_serial`: the last serial of an organ's licences of a type in a year; year 0 counts them
//! all, for identifiers.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "licence_serial")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub type_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organ_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    pub last: i64,
}

impl ActiveModelBehavior for ActiveModel {}
