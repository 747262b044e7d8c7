//! `catalogue_item`: one row per item: its working copy and what of it is published.
#![expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub business_code: Option<String>,
    /// Code of the base item that the working copy implements.
    pub base_code: Option<String>,
    pub name: String,
    pub department_code: String,
    pub department_id: Uuid,
    pub region: String,
    /// `draft`, `published` or `withdrawn`.
    pub status: String,
    /// The working copy: an `ItemDocument` as JSON.
    #[sea_orm(column_type = "Text")]
    pub draft: String,
    /// Whether the working copy differs from the newest published version.
    pub changed: bool,
    /// The newest published version; 0: never published.
    pub published_version: i64,
    /// Optimistic version of the row.
    pub version: i64,
    pub sample: bool,
    /// Whether it can be applied for online as published.
    pub online: bool,
    /// Whether it came with a list and was never described by hand.
    pub imported: bool,
    /// Place among the hot items, from 1: the pinned ones, then those most applied for.
    pub hot_rank: Option<i32>,
    /// Place among the pinned ones, from 1.
    pub hot_pin: Option<i32>,
    /// Applications of the last days, as insight last counted them.
    pub hot_count: i64,
    /// Revision of the item lists at which its public side last changed.
    pub revision: i64,
    pub updated_at: DateTimeUtc,
    /// Name of who wrote last.
    pub updated_by: String,
    /// Who has changed the working copy since it was last published: a list of `Editor` as JSON.
    #[sea_orm(column_type = "Text")]
    pub editors: String,
    /// The review that is open; while there is one, the working copy stays as it was submitted.
    pub open_review: Option<Uuid>,
    /// First day of the approved version that is still to come.
    pub coming_on: Option<Date>,
    /// The item that this one is derived from.
    pub parent_id: Option<Uuid>,
    /// The parent's version that the working copy was last made from; 0: it is not derived.
    pub derived_at: i64,
    /// The same of what is in force; 0: nothing is, or it was not derived.
    pub published_derived_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
