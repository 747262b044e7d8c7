//! The papers of promises (告知承诺): the letter, and what a false promise leads to.

use chrono::NaiveDate;
use serde::Serialize;

use crate::paper::Remedy;

/// 告知承诺书: what the applicant was told, what he promised, who signed and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommitmentLetter {
    /// Whether the whole item is decided on it.
    pub whole: bool,
    /// Names of the materials whose place it takes.
    pub materials: Vec<String>,
    /// What he was told.
    pub told: String,
    /// What he promised.
    pub promised: String,
    /// Who signed.
    pub signer: String,
    /// When, in words.
    pub signed_at: String,
}

/// 拟撤销决定告知书: the organ means to revoke, and hears the holder first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevocationNotice {
    /// Day of the decision.
    pub decided_on: NaiveDate,
    /// Facts and reasons.
    pub reason: String,
    /// Provision.
    pub basis: String,
    /// Last day for the holder's statement.
    pub answer_until: NaiveDate,
}

/// 撤销决定书
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevocationDecision {
    /// Day of the decision that is revoked.
    pub decided_on: NaiveDate,
    /// Facts and reasons.
    pub reason: String,
    /// Last day on which promises of his are not taken.
    pub barred_until: NaiveDate,
    /// What can be done against it.
    pub remedy: Remedy,
}
