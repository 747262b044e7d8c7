//! `approval_payment_notice`: what claimed to come from the payment platform, and what we made of it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_payment_notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub nonce: String,
    /// `taken`, `repeated`, or why it was refused.
    pub verdict: String,
    pub number: String,
    pub transaction_number: String,
    pub amount: i64,
    pub heard_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
