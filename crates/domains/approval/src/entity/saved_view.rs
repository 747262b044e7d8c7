//! `approval_saved_view`: filters, columns and order of the list that somebody keeps under a name.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_saved_view")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    pub owner: String,
    /// The department that it is shared with.
    pub shared_with: Option<Uuid>,
    /// Sealed: a name may be a person's.
    pub name: SealedBytes,
    pub name_bidx: Vec<u8>,
    /// Sealed: one searches for persons too.
    pub content: SealedBytes,
    /// Whether its list opens with it: one of the owner's for each list.
    pub opens: bool,
    /// Place among the owner's views, from 0.
    pub place: i32,
    pub version: i64,
    pub changed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
