//! `approval_fee_payment`: money that came, as the payment platform told. Sums in fen.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_fee_payment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub order_id: Uuid,
    /// Our number of the revision that was paid.
    pub number: String,
    /// The platform's number of the payment.
    pub transaction_number: String,
    pub amount: i64,
    /// Given back of it, or on its way.
    pub refunded: i64,
    pub receipt: String,
    pub paid_at: DateTimeUtc,
    pub heard_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
