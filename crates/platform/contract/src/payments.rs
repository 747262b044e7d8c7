//! Paying fees: the port to a payment platform (非税收入缴费平台), and what goes back and forth.
//! Sums are whole fen; nothing is ever a floating number.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ports::PortResult;

/// The only currency.
pub const CURRENCY: &str = "CNY";

/// An order to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillAsked {
    /// Our number of it: asked again under the same number, the platform answers as before.
    pub number: String,
    /// Credit code of the office that charges (执收单位).
    pub office: String,
    /// What for.
    pub subject: String,
    /// Fen.
    pub amount: i64,
    /// Always [`CURRENCY`].
    pub currency: String,
    /// From then on the platform takes no payment.
    pub expires_at: DateTime<Utc>,
}

/// An order as the platform keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// 缴款码
    pub code: String,
    /// Where it is paid.
    pub pay_url: String,
}

/// A payment that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The platform's number of the payment.
    pub transaction: String,
    /// Fen.
    pub amount: i64,
    /// Currency.
    pub currency: String,
    /// When.
    pub paid_at: DateTime<Utc>,
    /// Number of the electronic receipt (电子票据).
    pub receipt: String,
}

/// What the platform tells of its own accord: signed, maybe twice, maybe late, maybe never.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentNotice {
    /// Our number of the order.
    pub number: String,
    /// 缴款码
    pub code: String,
    /// The payment.
    #[serde(flatten)]
    pub payment: Payment,
}

/// Money to be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundAsked {
    /// Our number of it: asked again under the same number, nothing is paid twice.
    pub refund: String,
    /// Our number of the order.
    pub number: String,
    /// The payment that it comes from.
    pub transaction: String,
    /// Fen.
    pub amount: i64,
}

/// What became of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refunded {
    /// Given back, with the platform's number of it.
    Done(String),
    /// Refused for good; the platform's word for why.
    Refused(String),
}

/// A signed message of either side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedMessage {
    /// What it says: a JSON text, signed as it stands.
    pub body: String,
    /// Never used twice.
    pub nonce: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// Over moment, nonce and body.
    pub signature: String,
}

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distrust {
    /// The signature is wrong.
    Forged,
    /// It was sent too long ago, or lies in the future.
    Stale,
    /// It cannot be read.
    Unreadable,
}

/// The payment platform. It is called outside of transactions; each call may be repeated.
#[async_trait]
pub trait Payments: Send + Sync {
    /// Takes an order, or answers as before.
    async fn open(&self, asked: &BillAsked) -> PortResult<Bill>;

    /// Takes no payment for an order any more. It may have been paid before, or be unknown over there:
    /// nothing is wrong with that.
    async fn close(&self, number: &str) -> PortResult<()>;

    /// The payments for an order.
    async fn payments(&self, number: &str) -> PortResult<Vec<Payment>>;

    /// Gives money back.
    async fn refund(&self, asked: &RefundAsked) -> PortResult<Refunded>;

    /// Reads what claims to come from the platform.
    ///
    /// # Errors
    /// Where it is not to be believed. That a nonce is new is the receiver's to see.
    fn read(&self, message: &SignedMessage, now: DateTime<Utc>) -> Result<PaymentNotice, Distrust>;
}
