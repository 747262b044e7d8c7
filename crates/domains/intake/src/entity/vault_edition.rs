//! `intake_vault_edition`: what a document was from one day on; its files never change.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_vault_edition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub document_id: Uuid,
    pub seq: i32,
    /// Last day on which it is good.
    pub valid_until: Option<Date>,
    /// The application it came with; none where it was put into the vault itself.
    pub origin: Option<SealedBytes>,
    pub given_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
