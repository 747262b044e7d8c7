//! `intake_material`: files of an application. A file that was handed in and then removed stays
//! as a row, so that a correction knows what changed.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_material")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    pub requirement_id: String,
    pub file_name: SealedBytes,
    pub media_type: String,
    pub size: i64,
    pub blob: String,
    /// Part of what the department has.
    pub handed_in: bool,
    pub removed: bool,
    /// The document of the vault that it was taken from.
    pub vault_document_id: Option<Uuid>,
    /// What that document was at that time.
    pub vault_origin: Option<SealedBytes>,
    /// The licence of ours that it is the sheet of.
    pub licence_id: Option<Uuid>,
    /// What that licence was when it was taken.
    pub licence: Option<SealedBytes>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
