//! The notice of payment of a fee.

use chrono::NaiveDate;
use serde::Serialize;

/// 缴款通知书: what is charged, on what it rests, by when and how it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentNotice {
    /// What is charged.
    pub lines: Vec<ChargedLine>,
    /// The sum in yuan: 20.00.
    pub sum: String,
    /// The sum in the characters of cheques: 贰拾元整.
    pub sum_in_words: String,
    /// 缴款码
    pub code: String,
    /// Name of the platform at which it is paid.
    pub platform: String,
    /// Last day for paying.
    pub pay_by: NaiveDate,
    /// Who pays less or nothing, as the item says; may be empty.
    pub reduction: Vec<String>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChargedLine {
    /// Name.
    pub name: String,
    /// Basis and tariff.
    pub basis: String,
    /// Yuan for one.
    pub unit: String,
    /// How many.
    pub quantity: String,
    /// Yuan for all of them.
    pub sum: String,
}
