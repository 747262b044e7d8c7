//! `catalogue_joint_item`: one row per joint matter: its working copy and what of it is published.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_joint_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    /// The lead office.
    pub department_code: String,
    pub department_id: Uuid,
    pub region: String,
    /// `draft`, `published` or `withdrawn`.
    pub status: String,
    /// The working copy: a `JointItem` as JSON.
    #[sea_orm(column_type = "Text")]
    pub draft: String,
    /// Whether the working copy differs from the newest published version.
    pub changed: bool,
    /// The newest published version; 0: never published.
    pub published_version: i64,
    /// Optimistic version of the row.
    pub version: i64,
    pub sample: bool,
    pub updated_at: DateTimeUtc,
    /// Name of who wrote last.
    pub updated_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
