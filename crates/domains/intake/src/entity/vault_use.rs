//! `intake_vault_use`: which application was handed in with a document.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_vault_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub document_id: Uuid,
    pub seq: i32,
    pub application_id: Uuid,
    /// Who handed it in: of the agents of an enterprise only he may open the application.
    pub account_id: Uuid,
    pub item_name: String,
    pub case_number: String,
    pub used_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
