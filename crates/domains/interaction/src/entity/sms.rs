//! `interaction_sms`: a short message to somebody, and what became of it. The number is not kept: only
//! the index by which a reply is known again.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interaction_sms")]
pub struct Model {
    /// The operator's key of it, too.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The event that it comes from, or the message that it helps with: one each and account.
    pub cause_id: Uuid,
    pub account_id: Uuid,
    pub kind: String,
    pub case_number: String,
    pub item_name: String,
    /// Digits behind our number that a reply comes back with.
    pub extension: String,
    pub phone_bidx: Option<Vec<u8>>,
    /// `waiting`, `accepted`, `delivered`, `undelivered`, `refused`, `dropped`.
    pub state: String,
    /// Why it was refused or dropped; else empty.
    pub reason: String,
    pub segments: i32,
    pub created_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    /// When a rating came back.
    pub replied_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
