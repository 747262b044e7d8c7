//! `catalogue_joint_item_version`: every version that was ever published, kept for good.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_joint_item_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub joint_item_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub published_at: DateTimeUtc,
    /// Name of who published.
    pub published_by: String,
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Why it was withdrawn; empty while it is not.
    pub withdrawn_reason: String,
}

impl ActiveModelBehavior for ActiveModel {}
