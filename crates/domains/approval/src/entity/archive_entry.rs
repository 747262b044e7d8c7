//! `approval_archive_entry`: a case in a hand-over list. While it is `live` the case is in no other
//! list; its package lies in the blob store under
//! `archive/<case id>/<entry id>`.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_archive_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub list_id: Uuid,
    pub seq: i32,
    pub case_id: Uuid,
    pub case_number: String,
    /// Version of the case that was packed; 0 until then.
    pub case_version: i64,
    pub item_code: String,
    pub item_name: String,
    pub ended_at: DateTimeUtc,
    pub retention: String,
    pub archive_number: String,
    pub live: bool,
    pub state: String,
    /// Why it could not be packed, or what is wrong with the package: a code with its arguments.
    pub code: Option<String>,
    pub args: String,
    pub files: i32,
    pub size: i64,
    /// SHA-256 of the package's manifest.
    pub sum: String,
    /// When the package was last read back and found to be what it says.
    pub checked_at: Option<DateTimeUtc>,
    /// Why the archivist sent it back.
    pub reason: Option<SealedBytes>,
    pub returned_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
