//! `catalogue_form_file`: blank forms and samples of materials, each known by the sum of its name and
//! content. Kept while a working copy or a version names it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_form_file")]
pub struct Model {
    /// SHA-256 over name and content, as hex: the same in every installation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sum: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    /// Address of the content in the file store.
    pub blob: String,
    /// When it was last brought or named.
    pub kept_at: DateTimeUtc,
    pub kept_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
