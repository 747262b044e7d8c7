//! The papers of a hearing (听证): the right that interested persons are told of, and the notice of
//! day, place and who presides.

use chrono::NaiveDate;
use serde::Serialize;

/// 听证告知书: who may ask for a hearing, about what, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HearingRight {
    /// Provision.
    pub basis: Option<String>,
    /// Names of the interested persons, beside the applicant.
    pub persons: Vec<String>,
    /// What interest is at stake, and why.
    pub reason: String,
    /// Last day for asking.
    pub ask_by: NaiveDate,
}

/// 听证通知书: when, where, before whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HearingNotice {
    /// Provision.
    pub basis: Option<String>,
    /// Names of the interested persons, beside the applicant.
    pub persons: Vec<String>,
    /// Who asked for it.
    pub asked_by: String,
    /// When, in words.
    pub at: String,
    /// Where.
    pub place: String,
    /// Who presides.
    pub presider: String,
    /// What else is to be known.
    pub remark: String,
}
