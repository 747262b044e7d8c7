//! 材料交接单 as data: what goes between a counter and an office, with places for signatures.

use serde::Serialize;

use crate::SignedBy;

/// One list. The same value always gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelayList {
    /// Whether it hands over results, not papers of applicants.
    pub results: bool,
    /// Number of the list.
    pub number: String,
    /// Who hands over.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// Whose hand it left, and when.
    pub sent: SignedBy,
    /// Who received it, and when; none until then.
    pub received: Option<SignedBy>,
    /// The cases.
    pub rows: Vec<RelayRow>,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelayRow {
    /// 办件编号
    pub case_number: String,
    /// Name of the item.
    pub item: String,
    /// What is handed over, by name.
    pub papers: Vec<String>,
    /// Remark: where it lies, or why it went back.
    pub remark: String,
}
