//! `catalogue_revision`: one counter per list that processes keep in memory, raised in the
//! transaction that changes the list.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_revision")]
pub struct Model {
    /// `item`, `division` or `calendar`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub list: String,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
