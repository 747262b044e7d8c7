//! What lies beside the straight way of a case: originals to be shown, a proposal to make it void.

use chrono::NaiveDate;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::commitment::{CheckStage, CommitmentKind};

/// An original that the applicant has to show.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OriginalView {
    /// Requirement.
    pub requirement_id: String,
    /// Its name.
    pub name: String,
}

/// A material that follows later.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeferredView {
    /// Its name.
    pub name: String,
    /// Last day for it.
    pub by: NaiveDate,
}

/// A proposal to make the case void.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VoidView {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A promise in the place of materials or of the examination (告知承诺).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommitmentView {
    /// For what it stands.
    pub kind: CommitmentKind,
    /// Names of the materials whose place it takes.
    pub materials: Vec<String>,
    /// Who signed, masked where the answer is.
    pub signer: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// What he had been told.
    pub told: String,
    /// What he promised.
    pub promised: String,
    /// How the item says it is checked.
    pub method: String,
    /// The check; none before the decision or after a denial.
    pub check: Option<CheckView>,
}

/// The check of a promise.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckView {
    /// How far it has come.
    pub stage: CheckStage,
    /// Last day of the stage, while it is open.
    pub due: Option<NaiveDate>,
    /// How the date of the check came about.
    pub lines: Vec<String>,
    /// Whether it is over.
    pub late: bool,
    /// Who means to revoke, while the holder is heard.
    pub proposed_by: Option<String>,
    /// Facts, while the holder is heard.
    pub reason: Option<String>,
    /// The holder's statement.
    pub statement: Option<String>,
    /// Last day of the bar, where the decision was revoked.
    pub barred_until: Option<NaiveDate>,
}

/// The system of province or ministry that handles a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExternalView {
    /// Whose system it is.
    pub organ: String,
    /// The number that the case has there.
    pub number: String,
    /// When that was noted.
    pub at: DateTime<Utc>,
}
