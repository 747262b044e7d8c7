//! `approval_simulated_bill`: the book of the simulated payment platform (模拟缴费平台). No real money.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_simulated_bill")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The customer's number.
    pub number: String,
    /// 缴款码
    pub code: String,
    pub office: String,
    pub subject: String,
    pub amount: i64,
    pub currency: String,
    pub expires_at: DateTimeUtc,
    pub closed: bool,
    pub transaction_number: Option<String>,
    pub receipt: Option<String>,
    pub paid_at: Option<DateTimeUtc>,
    pub refunded: i64,
    /// Refunds by the customer's number, as JSON.
    #[sea_orm(column_type = "Text")]
    pub refunds: String,
}

impl ActiveModelBehavior for ActiveModel {}
