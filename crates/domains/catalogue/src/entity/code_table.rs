//! `catalogue_code_table`: what a division writes of a table of codes.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_code_table")]
pub struct Model {
    /// Which table: `item_type`, `industry` …
    #[sea_orm(primary_key, auto_increment = false)]
    pub table_key: String,
    /// Code of the division; empty: for all of them.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: String,
    /// The codes in their order: a list of `CodeEntry` as JSON.
    #[sea_orm(column_type = "Text")]
    pub entries: String,
    /// Optimistic version of the row.
    pub version: i64,
    pub updated_at: DateTimeUtc,
    pub updated_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
