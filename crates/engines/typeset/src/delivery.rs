//! 送达回证: what was delivered, how, when, and who took it.

use serde::Serialize;

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryReceipt {
    /// What was delivered: titles with numbers.
    pub papers: Vec<String>,
    /// Way in words: 窗口领取.
    pub way: String,
    /// When, in words.
    pub delivered_at: String,
    /// Where: the counter, or the address that was given.
    pub place: Option<String>,
    /// Who took it; none for the ways without a person.
    pub collector: Option<CollectorLines>,
    /// Courier and number of the parcel.
    pub parcel: Option<String>,
    /// What stands for the signature where nobody signed by hand: 当事人口头确认 …
    pub remark: Option<String>,
    /// The signature as it was drawn, stroke by stroke, in a field of 600 by 200.
    pub signature: Vec<Vec<(u16, u16)>>,
    /// Who delivered; none where the applicant confirmed himself.
    pub clerk: Option<String>,
}

/// Who took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CollectorLines {
    /// Name.
    pub name: String,
    /// Kind and number of his document.
    pub document: String,
    /// 本人 or 受委托人, with what he showed.
    pub relation: String,
}
