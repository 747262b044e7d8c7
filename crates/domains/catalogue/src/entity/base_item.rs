//! `catalogue_base_item`: one row per base item (基本目录): its working copy and what is in force.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_base_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Base code, 12 characters.
    #[sea_orm(unique)]
    pub code: String,
    /// Name as published; of a draft, as written.
    pub name: String,
    /// Type by its national code, as published; of a draft, as written.
    pub item_type: String,
    /// `draft`, `published` or `abolished`.
    pub status: String,
    /// The working copy: a `BaseItem` as JSON.
    #[sea_orm(column_type = "Text")]
    pub draft: String,
    /// The newest published version as JSON; none: never published.
    #[sea_orm(column_type = "Text", nullable)]
    pub published: Option<String>,
    /// Whether the working copy differs from what is published.
    pub changed: bool,
    /// The newest published version; 0: never published.
    pub published_version: i64,
    /// Optimistic version of the row.
    pub version: i64,
    pub sample: bool,
    /// First day of the published version.
    pub effective_from: Option<Date>,
    /// First day on which it is in force no longer.
    pub abolished_on: Option<Date>,
    /// Why; empty while it is not.
    #[sea_orm(column_type = "Text")]
    pub abolished_reason: String,
    pub updated_at: DateTimeUtc,
    /// Name of who wrote last.
    pub updated_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
