//! `interaction_simulated_sms`: the book of the simulated operator (模拟短信运营商). Nothing of it ever
//! leaves this machine.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interaction_simulated_sms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The customer's key; of a reply the operator's number.
    pub key: String,
    /// Whether it came from a phone.
    pub incoming: bool,
    pub phone: SealedBytes,
    pub phone_bidx: Vec<u8>,
    pub extension: String,
    /// The text with its signature, as a phone shows it.
    pub words: SealedBytes,
    pub segments: i32,
    /// Whether no more messages go to the number from then on (退订).
    pub blocks: bool,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
