//! `catalogue_division`: administrative divisions and functional zones, by code.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_division")]
pub struct Model {
    /// The code as published: 6, 9 or 12 digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name: String,
    /// `province` … `community`.
    pub level: String,
    pub parent: Option<String>,
    /// `division` or `zone`.
    pub kind: String,
    /// Names from the province down, joined by `/`.
    pub path: String,
    /// Place among its siblings.
    pub sort: i32,
}

impl ActiveModelBehavior for ActiveModel {}
