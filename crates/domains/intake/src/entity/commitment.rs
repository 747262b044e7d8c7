//! `intake_commitment`: the promise of an application as it was signed, one at most.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_commitment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    pub whole: bool,
    /// Requirement ids, as JSON.
    #[sea_orm(column_type = "Text")]
    pub materials: String,
    pub signer_id: Uuid,
    pub signer: SealedBytes,
    pub signed_at: DateTimeUtc,
    /// The item's own words, as they were read.
    #[sea_orm(column_type = "Text")]
    pub told: String,
    #[sea_orm(column_type = "Text")]
    pub promised: String,
}

impl ActiveModelBehavior for ActiveModel {}
