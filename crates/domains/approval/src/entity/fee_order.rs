//! `approval_fee_order`: one row a fee order (缴款单). Sums in fen.

use sea_orm::entity::prelude::*;
use tb_storage::SealedBytes;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_fee_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub case_number: String,
    pub department_id: Uuid,
    pub department_code: String,
    pub state: String,
    /// What is charged, as JSON; nobody is named.
    #[sea_orm(column_type = "Text")]
    pub lines: String,
    pub amount: i64,
    pub due: i64,
    pub paid: i64,
    pub refunded: i64,
    pub refunding: i64,
    /// How often the payment platform was given a sum: with the id its number over there.
    pub revision: i32,
    /// The sum that the platform was given for the revision; 0 until it has made the code.
    pub billed: i64,
    /// 缴款码 of the revision; none until the platform has made it.
    pub code: Option<String>,
    pub pay_url: Option<String>,
    pub pay_by: Option<Date>,
    /// First moment after the last day for paying.
    pub pay_until: Option<DateTimeUtc>,
    pub reminded_at: Option<DateTimeUtc>,
    pub paid_at: Option<DateTimeUtc>,
    pub receipt: Option<String>,
    pub request: Option<SealedBytes>,
    /// Why the last request was refused.
    pub refusal: Option<SealedBytes>,
    /// When the applicant is to be reminded, or his term ends.
    pub alarm_at: Option<DateTimeUtc>,
    /// When the payment platform is to be spoken to.
    pub task_at: Option<DateTimeUtc>,
    /// Who made it.
    pub issuer: String,
    pub created_at: DateTimeUtc,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
