//! 批量申请接收凭证 as data: how many applications an organisation handed in at once, for whom, and the
//! numbers they were given.

use chrono::NaiveDate;
use serde::Serialize;

/// One receipt. The same value always gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchReceipt {
    /// Number of the receipt.
    pub number: String,
    /// Who received them.
    pub office: String,
    /// Name of the item.
    pub item: String,
    /// Who applies.
    pub applicant: String,
    /// 统一社会信用代码
    pub credit_code: String,
    /// 经办人
    pub agent: String,
    /// Day of the receipt.
    pub received_on: NaiveDate,
    /// Hour and minute: `09:30`.
    pub received_at: String,
    /// The applications.
    pub rows: Vec<BatchReceiptRow>,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchReceiptRow {
    /// Whom it is for.
    pub name: String,
    /// 办件编号; empty as long as it is not given.
    pub case_number: String,
    /// Whether it could not be handed in: it will have no number.
    pub refused: bool,
}
