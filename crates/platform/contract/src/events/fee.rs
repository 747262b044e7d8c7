//! Fees of a case: what the applicant is told, and what he asks for.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Letter;

/// One line of a fee order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeeLine {
    /// Name of the fee.
    pub name: String,
    /// What it rests on.
    pub basis: String,
    /// The tariff in words.
    #[serde(default)]
    pub standard: String,
    /// Fen for one.
    pub unit_amount: i64,
    /// How many.
    pub quantity: i64,
}

impl FeeLine {
    /// Fen for all of them.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.unit_amount.saturating_mul(self.quantity)
    }
}

/// How a fee order stands, as the applicant is told. All sums in fen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeeTold {
    /// `noticed`, `reduced`, `paid`, `exempt`, `refunding`, `refunded`, `lapsed`, `cancelled`.
    pub state: String,
    /// What it is for.
    pub lines: Vec<FeeLine>,
    /// Sum of the notice.
    pub amount: i64,
    /// What is to be paid after a reduction; else the sum of the notice.
    pub due: i64,
    /// Paid so far.
    pub paid: i64,
    /// Given back so far.
    pub refunded: i64,
    /// Last day for paying.
    pub pay_by: Option<NaiveDate>,
    /// 缴款码; none while the platform makes it.
    pub code: Option<String>,
    /// Where it is paid.
    pub pay_url: Option<String>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// Number of the electronic receipt.
    pub receipt: Option<String>,
    /// What waits for an answer: `reduction`, `exemption` or `refund`.
    pub request: Option<String>,
    /// Why the last request was refused.
    #[serde(default)]
    pub refusal: String,
    /// Whether the applicant may ask for money back.
    #[serde(default)]
    pub refundable: bool,
    /// Money that came by earlier orders of the same case.
    #[serde(default)]
    pub earlier: Vec<EarlierFee>,
}

/// Money that came by an order which is not the last one: its notice was taken back, or had lapsed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EarlierFee {
    /// Paid.
    pub paid: i64,
    /// Given back so far.
    pub refunded: i64,
    /// When it was paid.
    pub paid_at: DateTime<Utc>,
    /// Number of the electronic receipt.
    pub receipt: String,
}

/// `intake.application.fee_requested`: the applicant asks to pay less, nothing, or for his money back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FeeRequested {
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
    /// `reduction`, `exemption` or `refund`.
    pub kind: String,
    /// Reason and proof.
    pub letter: Letter,
}
