//! `catalogue_base_item_version`: every version of a base item that was ever published.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_base_item_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub base_item_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub published_at: DateTimeUtc,
    /// Name of who published.
    pub published_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
