//! `catalogue_theme`: the themes of the portal, by audience.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_theme")]
pub struct Model {
    /// `person` or `enterprise`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub audience: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The glyph of its tile.
    pub icon: String,
    pub sort: i32,
}

impl ActiveModelBehavior for ActiveModel {}
