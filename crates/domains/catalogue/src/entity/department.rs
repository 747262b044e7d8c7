//! `catalogue_department`: organs and governance centres, keyed by credit code.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_department")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Credit code, or an external code where no valid one is known.
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    pub short_name: String,
    /// `department` or `centre`.
    pub kind: String,
    pub region: String,
    pub phone: String,
    pub address: String,
    pub enabled: bool,
    pub sample: bool,
    /// Codes in other systems, as a JSON array.
    #[sea_orm(column_type = "Text")]
    pub external_codes: String,
    /// Names under which imported lists know it, as a JSON array.
    #[sea_orm(column_type = "Text")]
    pub import_names: String,
    pub version: i64,
    pub updated_at: DateTimeUtc,
    /// Name of who wrote last.
    pub updated_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
