//! `identity_kiosk`: terminals of service halls. Of the secret there is a sealed copy, since readers
//! of identity cards sign with it, and its hash, since a browser is paired by it; of the token that
//! the browser got only its hash.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_kiosk")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// Where it stands.
    pub place: String,
    pub region: String,
    /// The office whose staff look after it.
    pub department_id: Uuid,
    pub department_code: String,
    pub department_name: String,
    pub secret: SealedBytes,
    pub secret_hash: Vec<u8>,
    /// Of the browser that was paired; none until then.
    pub token_hash: Option<Vec<u8>>,
    pub paired_at: Option<DateTimeUtc>,
    /// When it was shut off.
    pub shut_at: Option<DateTimeUtc>,
    /// Moment of the last card that was read: an older reading is a repeat.
    pub card_read_at: Option<DateTimeUtc>,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub updated_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
