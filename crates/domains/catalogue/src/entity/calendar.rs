//! `catalogue_calendar`: every calendar that was published; the highest number is in force. While
//! the table is empty the calendar that the program ships is.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_calendar")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    #[sea_orm(unique)]
    pub version: String,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub published_at: DateTimeUtc,
    /// Name of who published.
    pub published_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
