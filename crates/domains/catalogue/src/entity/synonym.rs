//! `catalogue_synonym`: a group of words that count as the same in searches.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_synonym")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The words: a list of texts as JSON.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Optimistic version of the row.
    pub version: i64,
    pub updated_at: DateTimeUtc,
    pub updated_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
