//! `catalogue_item_code`: every code an item is known by, in the form that is looked up.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_item_code")]
pub struct Model {
    /// Capitals, without `-` and what follows a `_`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub item_id: Uuid,
    /// `implementation`, `business` or `external`.
    pub kind: String,
}

impl ActiveModelBehavior for ActiveModel {}
