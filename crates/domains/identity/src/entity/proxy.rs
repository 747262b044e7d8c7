//! `identity_proxy`: a citizen authorises another to act for him. Who the other is was written down
//! by name and number; an account stands there only once he has taken it on.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_proxy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub principal_id: Uuid,
    /// Account of the proxy, once he has taken it on.
    pub proxy_id: Option<Uuid>,
    /// Index of his citizen id, as of accounts.
    pub proxy_bidx: Vec<u8>,
    /// Index of his name, as of accounts.
    pub proxy_name_bidx: Vec<u8>,
    /// Names and numbers of both.
    pub people: SealedBytes,
    /// Codes of the matters as JSON; empty: all.
    #[sea_orm(column_type = "Text")]
    pub items: String,
    /// First day.
    pub from_day: Date,
    /// Last day.
    pub until_day: Date,
    pub created_at: DateTimeUtc,
    pub accepted_at: Option<DateTimeUtc>,
    /// When one of the two ended it, or the proxy declined.
    pub ended_at: Option<DateTimeUtc>,
    pub ended_by_proxy: bool,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
