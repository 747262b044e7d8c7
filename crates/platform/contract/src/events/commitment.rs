//! Promises in the place of materials or of an examination (告知承诺), and who may make none any more.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A promise as it was signed. Personal data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignedCommitment {
    /// Whether it stands for the whole item: decided on the spot.
    pub whole: bool,
    /// Requirement ids of the materials whose place it takes.
    pub materials: Vec<String>,
    /// Who signed, by name.
    pub signer: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// What he had been told.
    pub told: String,
    /// What he promised.
    pub promised: String,
}

/// What an organ means to do with a decision that rests on a false promise, while the holder may
/// answer (陈述申辩).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RevocationTold {
    /// Facts and reasons.
    pub reason: String,
    /// The provision that it rests on.
    pub basis: String,
    /// Last day for the holder's statement.
    pub answer_until: NaiveDate,
    /// Whether he has made it.
    #[serde(default)]
    pub answered: bool,
}

/// `intake.application.stated`: the holder's statement on a revocation that is meant.
#[derive(Clone, Serialize, Deserialize)]
pub struct StatementMade {
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
    /// What he says.
    pub statement: String,
}

/// `approval.commitment.barred` and `.bar_lifted`: who may promise nothing any more, or may again.
#[derive(Clone, Serialize, Deserialize)]
pub struct CommitmentBarred {
    /// The bar.
    pub bar_id: Uuid,
    /// Citizen id or credit code of whom it bars.
    pub id_number: String,
    /// Name of the office that found the promise false.
    pub office: String,
    /// Why, as he is told.
    pub reason: String,
    /// Last day of the bar.
    pub until: NaiveDate,
    /// Whether it was lifted.
    pub lifted: bool,
}

/// `approval.licence.order_revoked`: the decision that a licence rests on was revoked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LicenceOrderRevoked {
    /// Case number.
    pub case_number: String,
    /// Facts and reasons.
    pub reason: String,
    /// The provision that it rests on.
    pub basis: String,
}
